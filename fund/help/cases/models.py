"""What is recorded of an assistance case from the application to the archive."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.models import Branch
from config.kit.crypto import EncryptedTextField
from config.kit.money import MoneyField
from config.kit.person.fields import SealedCitizenIdField, SealedPeopleField, SealedPersonNameField, SealedPhoneField
from config.kit.public_text import PublicCharField
from config.kit.workflow.fields import actor_field
from fund.help.persons import person_of
from fund.help.records import (
    BranchOrPotQuerySet,
    Category,
    PaidBy,
    counts_as_promised,
    keeps_person_key,
    paid_in_full,
    person_key,
)
from fund.ledger.models import Entry, Pot
from members.models import Member
from members.roster.codes import Sex


class CaseState(models.TextChoices):
    DRAFT = "draft", _("being written")
    APPLIED = "applied", _("waits for the branch review")
    BRANCH_AGREED = "branch_agreed", _("agreed by the branch")
    CHECKED = "checked", _("checked by the fund keeper")
    APPROVED = "approved", pgettext_lazy("case", "approved")
    IN_NOTICE = "in_notice", _("in its notice")
    UNDER_REVIEW = "under_review", _("objected to, looked at again")
    PAYABLE = "payable", _("waits for payment")
    PAID = "paid", _("paid")
    RECEIPTED = "receipted", _("signed for")
    CLOSED = "closed", _("closed and filed")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "withdrawn")


S = CaseState
# Every state but the draft is in one of four groups: asked for, promised, paid, refused.
ASKED_STATES = (S.APPLIED, S.BRANCH_AGREED, S.CHECKED)
# In the order of the usual way; an objection can be raised against these once the notice has begun.
UNDISPUTED_STATES = (S.APPROVED, S.IN_NOTICE, S.PAYABLE)
# Approved, and the money has not left the pot yet.
PROMISED_STATES = (*UNDISPUTED_STATES, S.UNDER_REVIEW)
UNFILED_STATES = (S.PAID, S.RECEIPTED)
PAID_STATES = (*UNFILED_STATES, S.CLOSED)
# Ended without a payment.
REFUSED_STATES = (S.REJECTED, S.WITHDRAWN)
# Nothing comes after these.
LAST_STATES = (S.CLOSED, *REFUSED_STATES)
# For showing how far a case is.
USUAL_WAY = (S.DRAFT, *ASKED_STATES, *UNDISPUTED_STATES, *PAID_STATES)
URGENT_WAY = (S.DRAFT, S.APPLIED, S.BRANCH_AGREED, S.PAYABLE, *PAID_STATES)


class Exclusion(models.TextChoices):
    """§4.9 of the handbook: who is not helped from the fund."""

    ELSEWHERE = "elsewhere", _("affiliated elsewhere")
    INACTIVE = "inactive", _("no Party life, dues or tasks for six months")
    UNFIT = "unfit", _("appraised unfit in the last three years")
    INVESTIGATED = "investigated", _("under investigation or sanction")


CASE_CONSTRAINTS = [
    models.UniqueConstraint("pot", "case_no", condition=~Q(case_no=""), name="case_number_once"),
    models.UniqueConstraint("pot", "file_no", condition=~Q(file_no=""), name="case_file_number_once"),
    models.CheckConstraint(
        name="case_amount_positive",
        condition=Q(applied_amount__gt=0) & (Q(approved_amount=None) | Q(approved_amount__gt=0)),
        violation_error_message=_("Enter an amount above zero."),
    ),
    models.CheckConstraint(
        name="case_notice_in_order",
        condition=Q(notice_from=None, notice_to=None) | Q(notice_to__gte=F("notice_from")),
    ),
    paid_in_full("case_three_hands", PAID_STATES),
    models.CheckConstraint(
        name="case_hands_apart",
        condition=~Q(proposed_by=F("approved_by"))
        & ~Q(proposed_by=F("approved_second_by"))
        & ~Q(reviewed_by=F("approved_by"))
        & ~Q(reviewed_by=F("approved_second_by"))
        & ~Q(approved_by=F("approved_second_by"))
        & ~Q(reviewed_by=F("paid_by"))
        & ~Q(approved_second_by=F("paid_by")),
        violation_error_message=_("Proposing, approving and paying are three people's work."),
    ),
    models.CheckConstraint(
        name="case_closed_complete",
        condition=~Q(state="closed") | (Q(signed_on__isnull=False, spot_checked_on__isnull=False) & ~Q(file_no="")),
    ),
]


class AssistanceCaseQuerySet(BranchOrPotQuerySet):
    def names_among(self, words):
        """Which of the words are names of applicants who are on no roster; sealed, so all are read by one query."""
        rows = self.filter(beneficiary_member=None).order_by()
        return words.intersection(rows.values_list("beneficiary", flat=True))


@counts_as_promised("approved_amount", state__in=PROMISED_STATES)
class AssistanceCase(models.Model):
    """救助申请审批表: help with one person's difficulty, from application to payment and archive."""

    class Hardship(models.TextChoices):
        LOW_INCOME = "low_income", _("low income")
        SERIOUS_ILLNESS = "serious_illness", _("serious illness")
        DISASTER = "disaster", _("disaster")
        ACCIDENT = "accident", _("accident")
        DISABILITY = "disability", _("disability")
        ELDERLY_ALONE = "elderly_alone", _("old and alone")
        OTHER = "other", _("other")

    class Way(models.TextChoices):
        VISIT = "visit", pgettext_lazy("spot check", "by visit")
        PHONE = "phone", pgettext_lazy("spot check", "by phone")

    pot = models.ForeignKey(Pot, models.PROTECT, related_name="cases", verbose_name=_("pot"))
    case_no = models.CharField(_("case number"), max_length=20, blank=True, editable=False)
    beneficiary = SealedPersonNameField(_("applicant"), purpose="beneficiary")
    beneficiary_member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("on the roster")
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, default=Sex.UNKNOWN)
    birth_date = models.DateField(_("born on"), null=True, blank=True, help_text=_("Such as 1945.3.8."))
    citizen_id = SealedCitizenIdField(_("citizen ID number"), purpose="case_citizen_id", blank=True)
    joined_on = models.DateField(_("joined the Party on"), null=True, blank=True)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("Party branch")
    )
    unit = PublicCharField(
        _("other branch or unit"), max_length=60, blank=True, help_text=_("Where the branch is not in this program.")
    )
    family_size = models.PositiveSmallIntegerField(_("people in the family"), null=True, blank=True)
    income_per_head = MoneyField(_("monthly income per head (yuan)"), null=True, blank=True)
    address = EncryptedTextField(_("home address"), purpose="case_address", blank=True)
    phone = SealedPhoneField(_("phone"), purpose="case_phone", blank=True)
    category = models.CharField(_("category"), max_length=16, choices=Category, default=Category.HARDSHIP_MEMBER)
    hardship = EncryptedTextField(_("kind of difficulty"), purpose="case_hardship", choices=Hardship, blank=True)
    reason = EncryptedTextField(_("difficulty and reasons"), purpose="case_reason", blank=True)
    applied_on = models.DateField(_("applied on"))
    applied_amount = MoneyField(_("amount asked for (yuan)"))
    method = models.CharField(_("how it is paid"), max_length=8, choices=PaidBy, default=PaidBy.CASH)
    is_emergency = models.BooleanField(
        _("emergency"),
        default=False,
        help_text=_("Branch and street agree, the money is paid at once, the notice follows; the public page says so."),
    )
    emergency_reason = EncryptedTextField(_("why it cannot wait"), purpose="case_emergency", blank=True)

    state = models.CharField(_("state"), max_length=16, choices=CaseState, default=S.DRAFT, editable=False)
    proposed_by = actor_field(_("proposed by"))

    reviewed_on = models.DateField(_("day of the branch meeting"), null=True, blank=True, editable=False)
    reviewed_by = actor_field(_("branch review recorded by"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True, editable=False)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True, editable=False)
    votes_abstained = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True, editable=False)
    agreed_amount = MoneyField(_("amount the branch agreed to (yuan)"), null=True, blank=True, editable=False)

    checked_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)
    checked_by = actor_field(_("checked by"))
    checked_balance = MoneyField(_("balance of the pot at the check (yuan)"), null=True, blank=True, editable=False)
    checked_highest = MoneyField(_("highest amount at the check (yuan)"), null=True, blank=True, editable=False)
    checked_recent = models.PositiveSmallIntegerField(
        _("cases of this person in the 12 months before"), null=True, blank=True, editable=False
    )
    excluded = models.CharField(max_length=80, blank=True, editable=False)
    other_person = EncryptedTextField(
        _("another person of this name, because"), purpose="case_namesake", blank=True, editable=False
    )

    approved_amount = MoneyField(_("amount approved (yuan)"), null=True, blank=True, editable=False)
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    approved_by = actor_field(_("approved by"))
    approved_second_by = actor_field(_("second approver"))
    rejection = models.CharField(_("reason of the rejection"), max_length=200, blank=True, editable=False)

    notice_from = models.DateField(_("notice from"), null=True, blank=True, editable=False)
    notice_to = models.DateField(_("notice to"), null=True, blank=True, editable=False)

    paid_on = models.DateField(_("paid on"), null=True, blank=True, editable=False)
    paid_by = actor_field(_("paid by"))
    entry = models.OneToOneField(
        Entry, models.PROTECT, null=True, blank=True, editable=False, related_name="case", verbose_name=_("entry")
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)
    signed_by = SealedPeopleField(_("signed by"), purpose="signature", blank=True, editable=False)
    slip_no = models.CharField(_("number of the transfer slip"), max_length=40, blank=True, editable=False)
    spot_checked_on = models.DateField(_("spot check on"), null=True, blank=True, editable=False)
    spot_checked_by = actor_field(_("spot check by"))
    spot_check_way = models.CharField(_("how it was checked"), max_length=8, choices=Way, blank=True, editable=False)
    spot_check_finding = EncryptedTextField(_("finding"), purpose="spot_check", blank=True, editable=False)
    file_no = models.CharField(_("file number"), max_length=20, blank=True, editable=False)
    closed_on = models.DateField(_("filed on"), null=True, blank=True, editable=False)
    person_key = models.CharField(max_length=64, editable=False, db_index=True)

    objects = AssistanceCaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assistance case")
        verbose_name_plural = _("assistance cases")
        ordering = ["-applied_on", "-id"]
        permissions = [
            ("propose_assistancecase", "Can propose an assistance case"),
            ("review_assistancecase", "Can record the branch review of an assistance case"),
            ("check_assistancecase", "Can check an assistance case against balance and standard"),
            ("approve_assistancecase", "Can approve an assistance case"),
            ("notice_assistancecase", "Can start and end the notice of an assistance case"),
            ("pay_assistancecase", "Can pay an assistance case"),
            ("receipt_assistancecase", "Can record the signature of an assistance case"),
            ("spot_check_assistancecase", "Can record the spot check of an assistance case"),
            ("close_assistancecase", "Can close and file an assistance case"),
            ("view_private_assistancecase", "Can view the private data of an assistance case"),
        ]
        indexes = [
            models.Index(fields=["pot", "state"], name="case_by_state"),
            models.Index(fields=["pot", "notice_from"], name="case_by_notice"),
        ]
        constraints = CASE_CONSTRAINTS

    def __str__(self):
        return self.case_no or str(_("case being written"))

    def save(self, *args, **kwargs):
        # Ciphertext cannot be compared, so what tells people apart is kept beside it as a keyed hash.
        if keeps_person_key(self, kwargs):
            self.person_key = person_key(
                member_id=self.beneficiary_member_id, name=self.beneficiary, place=self.branch_id or self.unit
            )
        super().save(*args, **kwargs)

    def names_to_spare(self):
        return [self.beneficiary]

    @property
    def needs_second_approval(self):
        """Whether the amount approved asks for a second approver who has not signed yet."""
        threshold = self.pot.second_approval_from
        return (
            threshold is not None
            and self.approved_by_id is not None
            and self.approved_second_by_id is None
            and (self.approved_amount or 0) >= threshold
        )

    @property
    def is_complete(self):
        """Whether everything that a closed file must hold is there: signature and spot check, in an emergency the notice."""
        return (
            self.signed_on is not None
            and self.spot_checked_on is not None
            and (not self.is_emergency or self.notice_to is not None)
        )

    @property
    def place(self):
        """Where the applicant belongs, as public pages name it."""
        return self.branch.name if self.branch else self.unit

    @property
    def person(self):
        """What is known of the applicant, by the form and by the roster."""
        member, branch = self.beneficiary_member, self.branch
        return person_of(
            member,
            name=self.beneficiary,
            places=[branch.name if branch else "", self.unit],
            citizen_id=self.citizen_id,
            birth_date=self.birth_date,
            phone=self.phone,
            sex=self.sex,
        )

    @property
    def excluded_words(self):
        words = dict(Exclusion.choices)
        return [str(words[code]) for code in self.excluded.split() if code in words]


class OfCaseQuerySet(models.QuerySet):
    """Steps and papers, for whoever sees the case."""

    def visible_to(self, user):
        return self.filter(case__in=AssistanceCase.objects.visible_to(user))


class CaseStep(models.Model):
    """One transition of a case, written once: who led it from where to where, when, with what remark."""

    case = models.ForeignKey(
        AssistanceCase, models.PROTECT, related_name="steps", verbose_name=_("assistance case"), editable=False
    )
    act = models.CharField(_("act on the case"), max_length=20, editable=False)
    from_state = models.CharField(_("from state"), max_length=16, choices=CaseState, editable=False)
    to_state = models.CharField(_("to state"), max_length=16, choices=CaseState, editable=False)
    # Empty where an objection came by the web form.
    by = actor_field(_("by"))
    at = models.DateTimeField(_("when"), editable=False)
    remark = models.CharField(_("remark"), max_length=200, blank=True, editable=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of a case")
        ordering = ["case_id", "id"]

    def __str__(self):
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"


def paper_path(paper, filename):
    """A random name in a folder that no address leads to; the name the file came with is kept in the record."""
    return f"private/cases/{uuid4().hex}.{paper.kind}"


class CasePaper(models.Model):
    """证明材料: a paper of a case; served only to whoever sees the case, and every look is written down."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"

    case = models.ForeignKey(
        AssistanceCase, models.CASCADE, related_name="papers", verbose_name=_("assistance case"), editable=False
    )
    title = EncryptedTextField(_("what it is"), purpose="case_paper")
    file = models.FileField(_("file"), upload_to=paper_path, editable=False)
    kind = models.CharField(_("kind of file"), max_length=4, choices=Kind, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    original_name = EncryptedTextField(_("name of the file"), purpose="case_paper", editable=False)
    added_by = actor_field(_("added by"), optional=False)
    added_at = models.DateTimeField(_("added at"), editable=False)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a case")
        verbose_name_plural = _("papers of a case")
        ordering = ["case_id", "id"]

    def __str__(self):
        return self.get_kind_display()
