"""Who works in which organisation and branch: the one answer to "whose records are these?".

A user's scope is a set of organisations, each with everything under it, and a set of single branches. An assignment at an
organisation opens it and all below; one at a branch opens that branch, and its organisation by name only.
"""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q

from config.kit import clock

NOTHING = Q(pk__in=())
ALL_ROWS = ~Q(pk__in=())


def under(keys, path=""):
    """Rows whose organisation, reached by `path`, is one of the keys or stands under one; the tree is three levels deep."""
    at = f"{path}__" if path else ""
    return Q(**{f"{at}pk__in": keys}) | Q(**{f"{at}parent__in": keys}) | Q(**{f"{at}parent__parent__in": keys})


@dataclass(frozen=True)
class WorkScope:
    """Primary keys of the organisations and branches a user works in; `whole` for those bound by neither."""

    whole: bool = False
    organization_ids: tuple = field(default=())
    branch_ids: tuple = field(default=())
    branch_organization_ids: tuple = field(default=())

    @classmethod
    def of(cls, user):
        """The scope of a user today, read once a request and cached on the user object."""
        scope = getattr(user, "_scope", None)
        if scope is None:
            scope = cls._read(user)
            if user is not None:
                user._scope = scope
        return scope

    @classmethod
    def _read(cls, user):
        if user is None or not user.is_active:
            return cls()
        if user.is_superuser:
            return cls(whole=True)
        today = clock.today()
        rows = list(
            user.assignments.in_force(today).values_list("organization_id", "branch_id", "branch__organization_id")
        )
        return cls(
            organization_ids=tuple(sorted({row[0] for row in rows if row[0]})),
            branch_ids=tuple(sorted({row[1] for row in rows if row[1]})),
            branch_organization_ids=tuple(sorted({row[2] for row in rows if row[2]})),
        )

    def organizations(self, path="", *, by_name=True):
        """Rows reached by `path` to an organisation; `by_name` adds the organisations of the user's own branches."""
        if self.whole:
            return ALL_ROWS
        rows = under(self.organization_ids, path) if self.organization_ids else NOTHING
        if by_name and self.branch_organization_ids:
            rows |= Q(**{f"{path}__pk__in" if path else "pk__in": self.branch_organization_ids})
        return rows

    def below_own_branches(self, path):
        """Rows of an organisation that stands right under the one of a branch of this user: a street's branch is served
        by the communities of the street."""
        return Q(**{f"{path}__parent__in": self.branch_organization_ids}) if self.branch_organization_ids else NOTHING

    def branches(self, path=""):
        """Rows reached by `path` to a branch."""
        if self.whole:
            return ALL_ROWS
        rows = Q(**{f"{path}__pk__in" if path else "pk__in": self.branch_ids}) if self.branch_ids else NOTHING
        if self.organization_ids:
            rows |= under(self.organization_ids, f"{path}__organization" if path else "organization")
        return rows

    def records(self, branch, organization, *, by_name=True):
        """Rows of a branch, of an organisation, or (with both paths) of a branch or else joint ones of an organisation."""
        if branch is None:
            return self.organizations(organization, by_name=by_name)
        if organization is None:
            return self.branches(branch)
        is_joint = Q(**{branch: None})
        return self.branches(branch) & ~is_joint | self.organizations(organization, by_name=by_name) & is_joint


class ScopedQuerySet(models.QuerySet):
    """Records of a branch or of an organisation, each reached by a path ("" on the model itself, None where there is none).

    With both paths, a record without a branch is a joint one of its organisation.
    """

    branch_path: str | None = None
    organization_path: str | None = None
    # Whether users assigned to a branch of the organisation see its records too, or only those assigned to the organisation.
    by_name = True

    def visible_to(self, user):
        scope = WorkScope.of(user)
        return self.filter(scope.records(self.branch_path, self.organization_path, by_name=self.by_name))


class BranchScopedQuerySet(ScopedQuerySet):
    branch_path = "branch"


class OrganizationScopedQuerySet(ScopedQuerySet):
    organization_path = "organization"


class JointQuerySet(ScopedQuerySet):
    branch_path, organization_path = "branch", "organization"
