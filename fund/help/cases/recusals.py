"""Who is recused from whose cases, and how a recusal finds its cases however a name is written."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Branch
from branches.scoping import OrganizationScopedQuerySet
from config.kit.crypto import Unreadable
from config.kit.person.fields import SealedPersonNameField
from config.kit.person.names import called
from config.kit.punctuation import labelled
from config.kit.refusals import refuse_by_field
from fund.help.cases.rules import refuse_nobody
from fund.help.persons import Alike, alike, person_of
from fund.help.records import person_key
from members.models import Member


class RecusalQuerySet(OrganizationScopedQuerySet):
    """Seen at the desk of the place where the recused user works, or above it."""

    by_name = False

    def between(self, users, case):
        """Keys of the recusals that keep users (keys) away from a case, however its applicant is written down.

        Whoever bears the name counts, unless a fact or another branch or unit says that it is somebody else.
        """
        keys, person = case_keys(case), case.person
        # Nearly always there is none, and a join is what such a query costs.
        rows = self.filter(user__in=users).prefetch_related("member__branch", "branch")
        return {row.pk for row in rows if {row.person_key, row.name_key} & keys or may_be_kin(row.person, person)}


def may_be_kin(recused_from, person):
    """Whether a recusal from one person holds for another record, in which the branch or unit may be missing."""
    likeness = alike(recused_from, person)
    return likeness in (Alike.SURE, Alike.LIKELY) or (
        likeness is Alike.MAYBE and not (recused_from.places and person.places)
    )


def case_keys(case):
    """Every key under which the applicant of a case may be known: the roster entry, the name with branch or unit."""
    keys = {
        person_key(member_id=None, name=case.beneficiary, place=place) for place in (case.branch_id, case.unit) if place
    }
    keys.add(person_key(member_id=None, name=case.beneficiary, place=case.branch_id or case.unit))
    member = case.beneficiary_member
    if member:
        keys.add(person_key(member_id=member.pk, name="", place=""))
        keys.add(person_key(member_id=None, name=member.name, place=member.branch_id))
    return keys


class Recusal(models.Model):
    """回避登记: a user who has no hand in the cases of a person, because it is the user or somebody of the family."""

    class Relation(models.TextChoices):
        SELF = "self", _("the user's own person")
        SPOUSE = "spouse", _("spouse")
        CHILD = "child", _("son or daughter")
        PARENT = "parent", _("parent")
        SIBLING = "sibling", _("brother or sister")
        OTHER = "other", pgettext_lazy("relation", "otherwise related")

    organization = models.ForeignKey(
        "branches.Organization", models.PROTECT, related_name="recusals", verbose_name=_("organisation")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recusals", verbose_name=_("user"))
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="recusals", verbose_name=_("on the roster")
    )
    name = SealedPersonNameField(pgettext_lazy("person", "name"), purpose="recusal", blank=True)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="recusals", verbose_name=_("Party branch")
    )
    unit = models.CharField(_("other branch or unit"), max_length=60, blank=True)
    relation = models.CharField(_("relation"), max_length=8, choices=Relation)
    remark = models.CharField(_("remark"), max_length=120, blank=True)
    person_key = models.CharField(max_length=64, editable=False, db_index=True)
    name_key = models.CharField(max_length=64, editable=False, db_index=True)

    objects = RecusalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["organization_id", "user_id", "id"]
        constraints = [
            models.UniqueConstraint(
                "user",
                "person_key",
                name="recusal_once",
                violation_error_message=_("This user is registered as recused from this person's cases already."),
            )
        ]

    def __str__(self):
        return labelled(called(self.user), self.get_relation_display())

    def save(self, *args, **kwargs):
        self.set_keys()
        super().save(*args, **kwargs)

    def clean(self):
        refuse_by_field([("name", partial(refuse_nobody, is_named=bool(self.member_id or self.name)))])

    def validate_constraints(self, exclude=None):
        """The key is in no form, so a form would not ask whether the user is recused already."""
        self.set_keys()
        super().validate_constraints(exclude=set(exclude or ()) - {"person_key"})

    @property
    def person(self):
        return person_of(self.member, name=self.name, places=[self.branch.name if self.branch else "", self.unit])

    def set_keys(self):
        if isinstance(self.name, Unreadable):
            return
        name = self.member.name if self.member else self.name
        place = self.member.branch_id if self.member else self.branch_id or self.unit
        self.name_key = person_key(member_id=None, name=name, place=place)
        self.person_key = person_key(member_id=self.member_id, name=name, place=place)
