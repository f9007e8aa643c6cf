"""What every kind of help records alike: who was helped, how it is paid, and at which step a list is."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branches.scoping import WorkScope
from config.kit.crypto import Unreadable, keyed_hash
from fund.help.persons import same_written
from fund.ledger.scoping import pots_of


class Category(models.TextChoices):
    HARDSHIP_MEMBER = "hardship_member", _("member in difficulty")
    VETERAN = "veteran", _("veteran member")
    BEREAVED = "bereaved", _("bereaved family")
    RESIDENT = "resident", _("resident in difficulty")
    OTHER = "other", _("other")


class PaidBy(models.TextChoices):
    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")


class GivenAs(models.TextChoices):
    """慰问金 or 慰问品: money, or goods that were given to the pot before."""

    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")
    GOODS = "goods", _("goods in stock")


class Step(models.TextChoices):
    """Three people: whoever proposes does not approve, whoever did either does not pay."""

    DRAFT = "draft", _("being written")
    PROPOSED = "applied", _("waits for approval")
    APPROVED = "approved", _("waits for payment")
    REJECTED = "rejected", _("rejected")
    PAID = "paid", _("paid")
    SIGNED = "signed", _("signed for")


# From payment on the money of a record never changes.
PAID_STEPS = (Step.PAID, Step.SIGNED)


def paid_in_full(name, states=PAID_STEPS):
    """A paid record has three different actors and its entry; anything else is refused by the database."""
    return models.CheckConstraint(
        name=name,
        condition=~Q(state__in=[str(state.value) for state in states])
        | Q(
            entry__isnull=False,
            paid_on__isnull=False,
            proposed_by__isnull=False,
            approved_by__isnull=False,
            paid_by__isnull=False,
        )
        & ~Q(proposed_by=F("approved_by"))
        & ~Q(proposed_by=F("paid_by"))
        & ~Q(approved_by=F("paid_by")),
        violation_error_message=_("Proposing, approving and paying are three people's work."),
    )


def person_key(*, member_id, name, place):
    """What tells one helped person from another: the roster entry, else the name with the branch or unit."""
    text = f"member:{member_id}" if member_id else f"name:{same_written(name)}|{place}"
    return keyed_hash(text, purpose="helped_person")


def keeps_person_key(record, kwargs):
    """Whether a save touches who is helped, so that the key beside it is written too (`kwargs` are those of the save)."""
    if isinstance(getattr(record, "beneficiary", getattr(record, "name", "")), Unreadable):
        return False
    names = kwargs.get("update_fields")
    if names is None:
        return True
    touched = bool({"beneficiary", "beneficiary_member", "name", "member", "branch", "unit"} & set(names))
    if touched:
        kwargs["update_fields"] = {*names, "person_key"}
    return touched


# What every kind of help has approved and not yet paid: `{model: (path of the amount, conditions of its records)}`.
PROMISED: dict = {}


def counts_as_promised(path, **conditions):
    """Class decorator: records of the model that meet the conditions are owed the yuan of `path` by their pot."""

    def register(model):
        PROMISED[model] = path, conditions
        return model

    return register


class BranchOrPotQuerySet(models.QuerySet):
    """Records of a pot's desk that the branch they concern sees too."""

    pot_path, branch_path = "pot", "branch"

    def visible_to(self, user):
        branches = WorkScope.of(user).branches(self.branch_path) & ~Q(**{self.branch_path: None})
        return self.filter(pots_of(user, self.pot_path) | branches)


THREE_PEOPLE = _("You have already acted on this record; proposing, approving and paying are three people's work.")
