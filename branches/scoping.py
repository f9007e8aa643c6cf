"""Who works in which organisation and branch: the one answer to "whose records are these?".

A user's scope is a set of organisations, each with everything under it, and a set of single branches. An assignment at an
organisation opens it and all below; one at a branch opens that branch, and its organisation by name only.
"""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q

from config.kit import clock

NOTHING = Q(pk__in=())
EVERYTHING = ~Q(pk__in=())


@dataclass(frozen=True)
class Scope:
    """Primary keys of the organisations and branches a user works in; `whole` for those bound by neither."""

    whole: bool = False
    organization_ids: tuple = field(default=())
    branch_ids: tuple = field(default=())
    branch_organization_ids: tuple = field(default=())

    @classmethod
    def of(cls, user):
        """The scope of a user today, read once a request and kept on the user object."""
        kept = getattr(user, "_scope", None)
        if kept is None:
            kept = cls._read(user)
            if user is not None:
                user._scope = kept
        return kept

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

    def _under(self, prefix):
        """Rows whose organisation, reached by `prefix`, is one of ours or stands under one of ours."""
        at = f"{prefix}__" if prefix else ""
        ids = self.organization_ids
        return Q(**{f"{at}pk__in": ids}) | Q(**{f"{at}parent__in": ids}) | Q(**{f"{at}parent__parent__in": ids})

    def organizations(self, path="", *, by_name=True):
        """Rows reached by `path` to an organisation; `by_name` adds the organisations of the user's own branches."""
        if self.whole:
            return EVERYTHING
        rows = self._under(path) if self.organization_ids else NOTHING
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
            return EVERYTHING
        rows = Q(**{f"{path}__pk__in" if path else "pk__in": self.branch_ids}) if self.branch_ids else NOTHING
        if self.organization_ids:
            rows |= self._under(f"{path}__organization" if path else "organization")
        return rows


class BranchScopedQuerySet(models.QuerySet):
    """Records that belong to a branch, reached by `branch_path` ("" on Branch itself)."""

    branch_path = "branch"

    def visible_to(self, user):
        return self.filter(Scope.of(user).branches(self.branch_path))


class JointQuerySet(models.QuerySet):
    """Records of one branch, or (without a branch) joint ones of an organisation, for everybody who works in or under it."""

    def visible_to(self, user):
        scope = Scope.of(user)
        joint = scope.organizations("organization") & Q(branch=None)
        return self.filter((scope.branches("branch") & ~Q(branch=None)) | joint)


class OrganizationScopedQuerySet(models.QuerySet):
    """Records of an organisation that everybody who works in it or in its branches may see."""

    organization_path = "organization"

    def visible_to(self, user):
        return self.filter(Scope.of(user).organizations(self.organization_path))
