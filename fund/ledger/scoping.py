"""Which pots, and which records of pots, a user may see, and which pot an address means."""

from django.db import models
from django.db.models import Case, Q, When

from branches.scoping import WorkScope

# The kind of pot that the branches under its organisation know by name; `Pot.Kind` gives it its label.
MUTUAL_AID_KIND = "mutual_aid"


def pots_of(user, path, *, by_name=False):
    """Rows whose pot, reached by `path`, belongs to an organisation this user works in; a branch's own pot is its own too."""
    scope = WorkScope.of(user)
    at = f"{path}__" if path else ""
    shared = Q(**{f"{at}branch": None})
    own = scope.organizations(f"{at}organization", by_name=False) | (~shared & scope.branches(f"{at}branch"))
    if not by_name:
        return own
    below = Q(**{f"{at}kind": MUTUAL_AID_KIND}) & scope.below_own_branches(f"{at}organization")
    return own | (shared & (scope.organizations(f"{at}organization") | below))


class PotQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Users of a branch see the names of its organisation's pots; those of a street's branch also the mutual-aid
        funds of its communities (a case is proposed for one). What is in them they do not see."""
        return self.filter(pots_of(user, "", by_name=True))

    def for_address(self, code):
        """The pot that an address names first; for one that names none, mutual-aid funds first, in the order of keys."""
        # PostgreSQL holds no NUL, so no pot has it in its code.
        code = "" if "\0" in code else code
        rank = Case(When(code=code, then=0), When(kind=MUTUAL_AID_KIND, then=1), default=2)
        return self.order_by(rank, "id")

    def at_desk_of(self, user):
        """Pots whose books a user keeps or reads."""
        return self.filter(pots_of(user, ""))


class PotScopedQuerySet(models.QuerySet):
    """Records of a pot, for users assigned to its organisation."""

    pot_path = "pot"

    def visible_to(self, user):
        return self.filter(pots_of(user, self.pot_path))
