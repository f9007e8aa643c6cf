"""What is recorded of organisations, branches, their posts, rooms and things, and of who works where."""

import json

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from branches.scoping import BranchScopedQuerySet, OrganizationScopedQuerySet, Scope
from config.kit import clock
from config.kit.crypto import EncryptedTextField
from config.kit.money import MoneyField
from config.kit.person.fields import PeopleField, PhoneField, PublicPersonNameField
from config.kit.public_text import PublicCharField

OFFICE_PHONE = RegexValidator(r"^(0\d{2,3}-?\d{7,8}|1\d{10})$", _("Enter a phone number such as 0770-0000000."))


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Scope.of(user).organizations())

    def within(self, organization):
        """The organisation and what stands under it; the tree is three levels deep (county, street, community)."""
        pk = organization.pk
        return self.filter(Q(pk=pk) | Q(parent=pk) | Q(parent__parent=pk))


class Organization(models.Model):
    """A county office, a street Party working committee or a community: the only boundary between tenants."""

    class Kind(models.TextChoices):
        COUNTY = "county", _("county office")
        STREET = "street_committee", _("Street Party Working Committee")
        COMMUNITY = "community", _("community")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = PublicCharField(_("name"), max_length=60, unique=True, may_name=True)
    full_name = PublicCharField(
        _("full name"), max_length=120, blank=True, help_text=_("As it stands over the seal on notices."), may_name=True
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("stands under")
    )
    address = PublicCharField(_("address of the office"), max_length=120, blank=True, may_name=True)
    office_hours = PublicCharField(_("office hours"), max_length=80, blank=True)
    supervision_phone = PhoneField(_("supervision phone"), max_length=20, blank=True, validators=[OFFICE_PHONE])
    suggestion_box = PublicCharField(_("place of the suggestion box"), max_length=80, blank=True, may_name=True)
    is_demo = models.BooleanField(_("demo data, fictitious"), default=False, editable=False)
    campaign_name = PublicCharField(_("name of the campaign"), max_length=60, blank=True, may_name=True)

    objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["parent_id", "name"]

    def __str__(self):
        return self.name

    @property
    def seal_name(self):
        return self.full_name or self.name

    def line(self):
        """Primary keys of the organisation and of those it stands under, the nearest first."""
        keys, step = [], self
        while step is not None and step.pk not in keys:
            keys.append(step.pk)
            step = step.parent
        return keys


class BranchQuerySet(BranchScopedQuerySet):
    branch_path = ""

    def open_on(self, day):
        """Branches that existed on a day."""
        return self.filter(Q(founded_on=None) | Q(founded_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day))


class Branch(models.Model):
    """离退休干部党支部: a retired cadres' Party branch."""

    class Kind(models.TextChoices):
        RETIRED_CADRES = "retired_cadres", _("Retired Cadres' Party Branch")
        COMMUNITY = "community", _("community Party branch")
        OTHER = "other", _("other Party branch")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="branches", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.RETIRED_CADRES)
    name = PublicCharField(_("name"), max_length=60, unique=True, may_name=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    term_years = models.PositiveSmallIntegerField(
        _("term of the committee (years)"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("3 years for a retired cadres' branch; 5 for a branch of a village or community."),
    )
    office_phone = PhoneField(_("office phone"), max_length=20, blank=True, validators=[OFFICE_PHONE])

    objects = BranchQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("Party branch")
        verbose_name_plural = _("Party branches")
        ordering = ["organization_id", "name"]
        constraints = [
            models.CheckConstraint(
                name="branch_closed_after_founding",
                condition=Q(closed_on=None) | Q(founded_on=None) | Q(closed_on__gte=F("founded_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return self.name


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        scope = Scope.of(user)
        at_branch = scope.branches("branch") & Q(branch__isnull=False)
        return self.filter(at_branch | scope.organizations("organization", by_name=False) & Q(branch=None))

    def in_force(self, day):
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Assignment(models.Model):
    """Where a user works, as what, and for how long: the only source of a user's scope."""

    class Role(models.TextChoices):
        STREET_OFFICER = "street_officer", _("street officer")
        SECRETARY = "secretary", _("Branch Secretary")
        ORGANIZATION_OFFICER = "organization_officer", _("Organisation Officer")
        PUBLICITY_OFFICER = "publicity_officer", _("Publicity Officer")
        DISCIPLINE_OFFICER = "discipline_officer", _("Discipline Officer")
        FUND_KEEPER = "fund_keeper", _("fund keeper")
        ACCOUNTANT = "accountant", _("accountant")
        CASHIER = "cashier", _("cashier")
        POINT_KEEPER = "point_keeper", _("keeper of the education point")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=24, choices=Role)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("organisation")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="assignments", verbose_name=_("Party branch")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["user_id", "role"]
        constraints = [
            models.CheckConstraint(
                name="assignment_organization_or_branch",
                condition=Q(organization=None, branch__isnull=False) | Q(organization__isnull=False, branch=None),
                violation_error_message=_("Choose an organisation or a branch, one of the two."),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} · {self.branch or self.organization}"


class Nameplate(models.Model):
    """五块牌子、一套人马: one of the bodies that share one office, staff and venue."""

    class Code(models.TextChoices):
        CARE_NEXT_GENERATION = "care_next_generation", _("Committee for the Care of the Next Generation")
        AGEING_COMMITTEE = "ageing_committee", _("Committee on Ageing")
        SENIORS_ASSOCIATION = "seniors_association", _("Seniors' Association")
        SENIORS_SPORTS = "seniors_sports", _("Seniors' Sports Association")
        OLD_AREA_PROMOTION = "old_area_promotion", _("Old Revolutionary Area Promotion Association")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="nameplates", verbose_name=_("organisation")
    )
    code = models.CharField(_("body"), max_length=24, choices=Code)
    head = PeopleField(_("head"), max_length=40, blank=True)
    duties = PublicCharField(_("duties"), max_length=200, blank=True)
    hung_on = models.DateField(_("plate hung on"), null=True, blank=True)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("nameplate")
        verbose_name_plural = _("nameplates")
        ordering = ["organization_id", "id"]
        constraints = [models.UniqueConstraint("organization", "code", name="nameplate_once")]

    def __str__(self):
        return self.get_code_display()


class CommitteeTerm(models.Model):
    """届次: one term of a branch committee."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="terms", verbose_name=_("Party branch"))
    term_no = models.PositiveSmallIntegerField(_("term number"), validators=[MinValueValidator(1)])
    elected_on = models.DateField(_("elected on"))
    term_end = models.DateField(_("term ends on"))

    objects = BranchScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("committee term")
        verbose_name_plural = _("committee terms")
        ordering = ["branch_id", "-term_no"]
        constraints = [
            models.UniqueConstraint("branch", "term_no", name="committee_term_once"),
            models.CheckConstraint(
                name="committee_term_ends_after_election",
                condition=Q(term_end__gt=F("elected_on")),
                violation_error_message=_("The term ends before it begins."),
            ),
        ]

    def __str__(self):
        return _("term %(number)s of %(branch)s") % {"number": self.term_no, "branch": self.branch}


class CommitteeSeatQuerySet(BranchScopedQuerySet):
    branch_path = "term__branch"


class CommitteeSeat(models.Model):
    """班子成员: a person in a post of a branch committee; at most seven a term (支部工作条例)."""

    class Post(models.TextChoices):
        SECRETARY = "secretary", _("Branch Secretary")
        DEPUTY_SECRETARY = "deputy_secretary", _("Deputy Secretary")
        ORGANIZATION_OFFICER = "organization_officer", _("Organisation Officer")
        PUBLICITY_OFFICER = "publicity_officer", _("Publicity Officer")
        DISCIPLINE_OFFICER = "discipline_officer", _("Discipline Officer")
        MEMBER = "member", _("committee member")

    term = models.ForeignKey(CommitteeTerm, models.CASCADE, related_name="seats", verbose_name=_("committee term"))
    post = models.CharField(_("post"), max_length=24, choices=Post)
    name = PublicPersonNameField(pgettext_lazy("person", "name"), max_length=40, may_name=True)
    held_from = models.DateField(_("in post from"))
    held_until = models.DateField(_("in post until"), null=True, blank=True)
    duties = models.CharField(_("duties"), max_length=100, blank=True)

    objects = CommitteeSeatQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("committee member")
        verbose_name_plural = _("committee members")
        ordering = ["term_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="committee_seat_ends_after_start",
                condition=Q(held_until=None) | Q(held_from=None) | Q(held_until__gte=F("held_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.get_post_display()}"


class Venue(models.Model):
    """活动阵地: an office or activity room."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="venues", verbose_name=_("organisation")
    )
    name = PublicCharField(_("name"), max_length=60, may_name=True)
    address = PublicCharField(_("address"), max_length=120, may_name=True)
    area = models.DecimalField(
        _("area (m²)"), max_digits=8, decimal_places=2, validators=[MinValueValidator(1)], help_text=_("Square metres.")
    )
    facilities = PublicCharField(_("facilities"), max_length=200, blank=True)
    opening_hours = PublicCharField(_("opening hours"), max_length=100, blank=True)
    keeper = PeopleField(_("keeper"), max_length=40, blank=True)
    office_phone = PhoneField(_("office phone"), max_length=20, blank=True, validators=[OFFICE_PHONE])
    opened_on = models.DateField(_("in use since"), null=True, blank=True)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["organization_id", "name"]

    def __str__(self):
        return self.name


class Equipment(models.Model):
    """设备台账: one line of the equipment register; its amount is quantity × unit price, in yuan."""

    class State(models.TextChoices):
        IN_USE = "in_use", _("in use")
        REPAIR = "repair", _("in repair")
        SCRAPPED = "scrapped", _("scrapped")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="equipment", verbose_name=_("organisation")
    )
    asset_no = models.CharField(_("asset number"), max_length=20)
    name = PublicCharField(_("name"), max_length=60)
    model = models.CharField(_("model"), max_length=60, blank=True)
    unit = PublicCharField(_("unit"), max_length=10, default="件")
    quantity = models.PositiveIntegerField(_("quantity"), validators=[MinValueValidator(1)])
    unit_price = MoneyField(_("unit price (yuan)"))
    bought_on = models.DateField(_("bought on"))
    funding = models.CharField(_("paid from"), max_length=60, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    keeper = PeopleField(_("keeper"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.IN_USE)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("piece of equipment")
        verbose_name_plural = _("equipment")
        ordering = ["organization_id", "asset_no"]
        constraints = [
            models.UniqueConstraint("organization", "asset_no", name="equipment_number_once"),
            models.CheckConstraint(
                name="equipment_priced",
                condition=Q(quantity__gte=1, unit_price__gt=0),
                violation_error_message=_("Quantity and unit price must be above zero."),
            ),
        ]

    def __str__(self):
        return f"{self.asset_no} {self.name}"

    @property
    def amount(self):
        """Quantity × unit price, in yuan."""
        return self.quantity * self.unit_price


class Holiday(models.Model):
    """A day off or a weekend day worked in exchange, as announced each year; never computed (§4.12 of the handbook)."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=40, blank=True)
    is_makeup = models.BooleanField(_("worked in exchange"), default=False)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%Y-%m-%d} {self.name}"


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        scope = Scope.of(user)
        return self.filter(
            scope.branches("branch") & ~Q(branch=None)
            | scope.organizations("organization", by_name=False) & ~Q(organization=None)
        )


class ImportBatch(models.Model):
    """One uploaded office workbook: what was read from it, what became of it, and what undoing it needs."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("member roster")
        DONATIONS = "donations", _("donation register")

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("waiting for confirmation")
        CONFIRMED = "confirmed", _("imported")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREVIEWED)
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("Party branch")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="imports", verbose_name=_("organisation")
    )
    file_name = models.TextField(_("file"))
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    added = models.PositiveIntegerField(_("added (rows)"), default=0)
    changed = models.PositiveIntegerField(_("changed (rows)"), default=0)
    same = models.PositiveIntegerField(_("the same (rows)"), default=0)
    refused = models.PositiveIntegerField(_("refused (rows)"), default=0)
    asked = models.PositiveIntegerField(_("asked (rows)"), default=0)
    # JSON of the rows while they wait, then of what undoing needs; encrypted because it holds whole records.
    payload = EncryptedTextField(purpose="import_batch", blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded at"), default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self):
        return self.file_name

    def content(self):
        """What `payload` holds, as plain data; empty where nothing is kept."""
        return json.loads(self.payload) if self.payload else {}


class CountyForm(models.Model):
    """A workbook of the county's with placeholders, kept so that it can be filled again next year."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="county_forms", verbose_name=_("organisation")
    )
    name = models.CharField(_("name of the form"), max_length=60)
    content = models.BinaryField(_("workbook"))
    # Which figure a name in the form stands for, where the name itself says nothing.
    mapping = models.JSONField(_("meaning of names"), default=dict, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now, editable=False)

    objects = OrganizationScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["content"])

    class Meta:
        verbose_name = _("county form")
        verbose_name_plural = _("county forms")
        ordering = ["organization_id", "name"]
        constraints = [models.UniqueConstraint("organization", "name", name="county_form_name_once")]

    def __str__(self):
        return self.name


class SentForm(models.Model):
    """The key of an add form that was stored, so that the same form sent again is stored once; kept for some days."""

    key = models.CharField(max_length=120, unique=True)
    address = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")

    def __str__(self):
        return self.address
