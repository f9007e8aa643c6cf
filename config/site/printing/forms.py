"""What a person chooses before a paper is printed: in whose name, whose records, which day. Only what this user may see."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.attendance.sheet import branches_on_sheet
from activities.models import Activity, Minutes, ServiceCertificate, Volunteer
from branches.assignments import current_assignment
from branches.models import Branch, Organization
from branches.papers import letterheads
from config.kit.admin.keys import is_key
from config.kit.dates import FIRST_YEAR, LAST_YEAR
from config.kit.day_fields import DayFormField
from fund.models import AllowanceRun, Collection, CondolenceRound, Donation, Entry, Pot

A3_OR_A4 = [("a3", "A3"), ("a4", "A4")]
MOST_BLANK_ROWS = 60
DAYS_BACK = 60


def picked_day(label):
    """A field with the browser's own calendar: it takes no words, so there is no hint about them."""
    return DayFormField(label=label, help_text="", widget=forms.DateInput(attrs={"type": "date"}))


class PaperForm(forms.Form):
    """The choices of one paper; a record that is not this user's is none of its choices."""

    # The field in which a record is chosen, where the paper is one record's.
    record_field = ""

    letterhead = forms.ChoiceField(
        label=gettext_lazy("Letterhead"), help_text=gettext_lazy("In whose name the paper is printed.")
    )

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.model._default_manager.visible_to(user)
            if name in {"on", "year"} and name not in self.initial:
                self.initial[name] = today if name == "on" else today.year
        self.heads = dict(letterheads(user))
        self.fields["letterhead"].choices = list(self.heads.items())
        self.initial.setdefault("letterhead", self._own_head())

    def _own_head(self):
        post = current_assignment(self.user)
        if post is None:
            return next(iter(self.heads), None)
        return f"branch-{post.branch_id}" if post.branch_id else f"organization-{post.organization_id}"

    @property
    def publisher(self):
        return self.heads[self.cleaned_data["letterhead"]]

    @property
    def record(self):
        """The record that was chosen, of a paper that is one record's."""
        return self.cleaned_data[self.record_field]

    @property
    def subject(self):
        """What the log says was printed: the records chosen, or in whose name where all were."""
        chosen = [
            str(self.cleaned_data[name])
            for name, field in self.fields.items()
            if (isinstance(field, forms.ModelChoiceField) or name == "number") and self.cleaned_data[name]
        ]
        return " ".join(chosen) or self.publisher

    @property
    def names_foreign_record(self):
        """Whether the address names a record that does not exist for this user."""
        return any(
            error.code == "invalid_choice" and isinstance(self.fields.get(name), forms.ModelChoiceField)
            for name, errors in self.errors.as_data().items()
            for error in errors
        )


class BranchForm(PaperForm):
    branch = forms.ModelChoiceField(
        Branch.objects.none(),
        label=gettext_lazy("Party branch"),
        required=False,
        empty_label=gettext_lazy("all of them"),
    )

    def branches(self):
        """The branch that was chosen, or all that this user sees."""
        chosen = self.cleaned_data["branch"]
        return [chosen] if chosen else list(Branch.objects.visible_to(self.user))

    @property
    def unit(self):
        """Whose members these are: the branch, or whoever prints."""
        branches = self.branches()
        return branches[0].name if len(branches) == 1 else self.publisher


class RosterForm(BranchForm):
    on = picked_day(gettext_lazy("As of"))
    size = forms.ChoiceField(label=gettext_lazy("Paper size"), choices=A3_OR_A4, initial="a3")

    field_order = ["branch", "on", "letterhead", "size"]


class SignInForm(BranchForm):
    activity = forms.ModelChoiceField(Activity.objects.none(), label=gettext_lazy("Activity"))
    blanks = forms.IntegerField(
        label=gettext_lazy("Blank rows for others who come"), min_value=0, max_value=MOST_BLANK_ROWS, initial=10
    )
    signs_out = forms.BooleanField(
        label=gettext_lazy("With the times of coming and leaving"),
        required=False,
        help_text=gettext_lazy("For volunteer days, where hours are counted."),
    )

    field_order = ["activity", "branch", "letterhead", "blanks", "signs_out"]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, today=today, **kwargs)
        field = self.fields["activity"]
        near = field.queryset.filter(day__gte=today - timedelta(days=DAYS_BACK)).order_by("day", "id")
        rows = [(row.pk, f"{row.day:%Y-%m-%d} {row.title}") for row in near]
        activity = field.queryset.filter(pk=self._asked_activity()).exclude(pk__in=[pk for pk, _label in rows]).first()
        if activity:
            rows.insert(0, (activity.pk, f"{activity.day:%Y-%m-%d} {activity.title}"))
            self.initial.setdefault("signs_out", activity.kind == Activity.Kind.VOLUNTEER_DAY)
        field.widget.choices = [("", "---------"), *rows]

    def _asked_activity(self):
        key = str(self.data.get("activity") or self.initial.get("activity") or "")
        return int(key) if is_key(key) else None

    def branches(self):
        activity, chosen = self.cleaned_data["activity"], self.cleaned_data["branch"]
        return [chosen] if chosen else list(branches_on_sheet(activity, self.user))


class MinutesForm(PaperForm):
    activity = forms.ModelChoiceField(Activity.objects.none(), label=gettext_lazy("Meeting"))

    record_field = "activity"
    field_order = ["activity", "letterhead"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["activity"]
        written = Minutes.objects.visible_to(self.user).values("activity")
        field.queryset = field.queryset.filter(pk__in=written).order_by("-day", "-id")
        field.label_from_instance = lambda row: f"{row.day:%Y-%m-%d} {row.title}"


class StudyHoursForm(BranchForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    field_order = ["year", "branch", "letterhead"]


class ServiceForm(PaperForm):
    volunteer = forms.ModelChoiceField(Volunteer.objects.none(), label=gettext_lazy("Volunteer"))

    record_field = "volunteer"
    field_order = ["volunteer", "letterhead"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        served = self.fields["volunteer"].queryset.filter(service_records__isnull=False).distinct()
        self.fields["volunteer"].queryset = served.order_by("latin_keys", "id")


class CertificateForm(PaperForm):
    certificate = forms.ModelChoiceField(ServiceCertificate.objects.none(), label=gettext_lazy("Certificate"))

    record_field = "certificate"
    field_order = ["certificate", "letterhead"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["certificate"]
        field.queryset = field.queryset.select_related("organization", "issued_by")
        field.label_from_instance = lambda row: f"{row.number} {row.name}"


class CardsForm(BranchForm):
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Who joined in"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[
            ("", gettext_lazy("any month: cards for 1 July")),
            *((number, f"{number:02}") for number in range(1, 13)),
        ],
    )
    two = forms.BooleanField(label=gettext_lazy("Two on an A4, to be cut (else each on an A5)"), required=False)

    field_order = ["year", "month", "branch", "letterhead", "two"]


class StocktakeForm(PaperForm):
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=gettext_lazy("Organisation"),
        required=False,
        empty_label=gettext_lazy("all of them"),
    )
    on = picked_day(gettext_lazy("Bought by"))
    size = forms.ChoiceField(label=gettext_lazy("Paper size"), choices=[("a4", "A4"), ("a3", "A3")], initial="a4")

    field_order = ["organization", "on", "letterhead", "size"]


class CollectionForm(PaperForm):
    collection = forms.ModelChoiceField(Collection.objects.none(), label=gettext_lazy("Collection day"))

    record_field = "collection"
    field_order = ["collection", "letterhead"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        counted = self.fields["collection"].queryset.exclude(counted_by=None)
        self.fields["collection"].queryset = counted.select_related("branch", "pot")
        self.fields["collection"].label_from_instance = lambda row: f"{row} {row.branch or row.pot}"


class AllowanceForm(PaperForm):
    run = forms.ModelChoiceField(AllowanceRun.objects.none(), label=gettext_lazy("Allowance of"))

    record_field = "run"
    field_order = ["run", "letterhead"]


class RouteForm(PaperForm):
    round = forms.ModelChoiceField(CondolenceRound.objects.none(), label=gettext_lazy("Condolence round"))

    record_field = "round"
    field_order = ["round", "letterhead"]


class NumberedForm(PaperForm):
    """A record of a pot by the number printed on it: `numbered` names the model and its field of that number."""

    numbered: tuple
    record_field = "record"
    pot = forms.ModelChoiceField(Pot.objects.none(), label=pgettext_lazy("paper", "Pot"))

    field_order = ["pot", "number", "letterhead"]

    def clean(self):
        cleaned = super().clean()
        if {"pot", "number"} <= set(cleaned):
            model, field = self.numbered
            rows = model._default_manager.visible_to(self.user)
            cleaned["record"] = rows.filter(pot=cleaned["pot"], **{field: cleaned["number"]}).first()
            if cleaned["record"] is None:
                raise ValidationError({"number": ValidationError(_("This pot has no such number."), code="unknown")})
        return cleaned


class ReceiptForm(NumberedForm):
    numbered = (Donation, "receipt_no")
    number = forms.CharField(label=gettext_lazy("Receipt number"), max_length=20)


class VoucherForm(NumberedForm):
    numbered = (Entry, "number")
    number = forms.IntegerField(label=gettext_lazy("Entry number"), min_value=1, max_value=2**31 - 1)
