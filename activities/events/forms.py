"""What a person may upload to an activity, and the forms with which a year is planned."""

import re
from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.events.models import Photo
from activities.events.planning import Hours, on
from activities.events.rules import refuse_shown_without_words
from branches.models import Branch, Organization
from config.kit import clock
from config.kit.day_fields import DayFormField, TimeFormField
from config.kit.refusals import refuse_by_field

# Words that begin a reason, where the sentence that shows it has them already.
BECAUSE = re.compile(r"^(?:because of|because|因为|由于|因)[，,:：\s]*", re.IGNORECASE)
# The month from which on the next year is planned.
AUTUMN = 10


class PhotoForm(forms.ModelForm):
    """What one picture shows, whether who is on it agreed, or why it is withdrawn."""

    withdraw = forms.CharField(
        label=_("Withdraw it, because"),
        required=False,
        max_length=100,
        help_text=_(
            "Leave it empty to keep the picture. Every copy is deleted for good; this reason stays in the office."
        ),
    )

    class Meta:
        model = Photo
        fields = ["alt", "consented"]

    def clean(self):
        cleaned = super().clean()
        if "alt" in cleaned and not cleaned.get("withdraw"):
            refuse_by_field(
                [("alt", partial(refuse_shown_without_words, consented=cleaned["consented"], alt=cleaned["alt"]))]
            )
        return cleaned


class ReasonForm(forms.Form):
    """Why something is done to an event; residents read it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=100,
        help_text=_(
            "A few words, such as “repairs of the hall”. Public: no names, illness, addresses or phone numbers."
        ),
    )

    def clean_reason(self):
        """The words that complete “because of …”, without those that begin it and the full stop."""
        return BECAUSE.sub("", self.cleaned_data["reason"]).rstrip("。.，,；; ")


class MoveForm(ReasonForm):
    """The day an event moves to, with its hours and place there."""

    to_day = DayFormField(label=_("New day"))
    starts_at = TimeFormField(label=_("From"), required=False)
    ends_at = TimeFormField(label=_("To"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=100)
    field_order = ["to_day", "starts_at", "ends_at", "place", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A day typed without its year is meant near the one it is planned for.
        self.fields["to_day"].near = self.initial.get("planned")


class PlanForm(forms.Form):
    """Whose year is planned, and which meetings stand in it."""

    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none())
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    branches = forms.ModelMultipleChoiceField(
        label=_("Meetings of these branches too"),
        queryset=Branch.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Committee meeting and themed Party day every month, general meeting and Party lesson every quarter."
        ),
    )
    meeting_day = forms.IntegerField(
        label=_("Day of the month of meetings"),
        min_value=1,
        max_value=28,
        initial=5,
        help_text=_("1 to 28; on a day off it is the next working day. Each day can be changed below."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        places = Organization.objects.visible_to(user)
        own = list(places.order_by()[:2])
        self.fields["organization"].queryset = places
        self.fields["branches"].queryset = Branch.objects.visible_to(user).filter(closed_on=None)
        if len(own) == 1:
            self.fields["organization"].initial = own[0].pk
        this = clock.today().year
        self.fields["year"].choices = [(year, str(year)) for year in range(this, this + 3)]
        # From autumn on the year that is planned is the next.
        self.fields["year"].initial = this + (clock.today().month >= AUTUMN)

    def clean(self):
        cleaned = super().clean()
        place = cleaned.get("organization")
        strangers = [branch for branch in cleaned.get("branches") or () if place and branch.organization_id != place.pk]
        if strangers:
            self.add_error(
                "branches",
                _("%(branch)s belongs to another organisation. Plan its meetings with that one.")
                % {"branch": strangers[0]},
            )
        return cleaned


class PlannedDaysForm(forms.Form):
    """The days of a year: each to be left out or moved, with the hours and the place of each kind."""

    def __init__(self, *args, proposals, hours, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposals = proposals
        for proposal in proposals:
            if proposal.there is None:
                self.fields[f"take-{proposal.key}"] = forms.BooleanField(
                    required=False, initial=True, label=_("plan it")
                )
                day = DayFormField(label=_("Day"), initial=proposal.regular.day)
                day.near = proposal.regular.day
                self.fields[f"day-{proposal.key}"] = day
        for kind, last in hours.items():
            self.fields[f"starts_at-{kind}"] = TimeFormField(label=_("From"), required=False, initial=last.starts_at)
            self.fields[f"ends_at-{kind}"] = TimeFormField(label=_("To"), required=False, initial=last.ends_at)
            self.fields[f"place-{kind}"] = forms.CharField(
                label=_("Place"), required=False, max_length=100, initial=last.place
            )

    def blocks(self):
        """`[(words, hours fields, [(proposal, tick, day)])]`: the kinds, and the meetings of each branch."""
        blocks = {}
        for proposal in self.proposals:
            name = str(proposal.regular.branch or "")
            words = f"{name} {proposal.regular.label}".strip()
            rows = blocks.setdefault((proposal.regular.kind, words), [])
            is_there = proposal.there is not None
            rows.append(
                (proposal, *((None, None) if is_there else (self[f"take-{proposal.key}"], self[f"day-{proposal.key}"])))
            )
        shown = set()
        for (kind, words), rows in blocks.items():
            hours = [self[f"{name}-{kind}"] for name in ("starts_at", "ends_at", "place")] if kind not in shown else []
            shown.add(kind)
            yield words, hours, rows

    def clean(self):
        cleaned = super().clean()
        for proposal in self.proposals:
            day, year = cleaned.get(f"day-{proposal.key}"), proposal.regular.day.year
            if cleaned.get(f"take-{proposal.key}") and day and day.year != year:
                self.add_error(
                    f"day-{proposal.key}",
                    _("This is the plan of %(year)s: choose a day of that year.") % {"year": year},
                )
        return cleaned

    def chosen(self):
        """`RegularDay`s that were left in, on the days they were given."""
        data = self.cleaned_data
        return [
            on(proposal.regular, data[f"day-{proposal.key}"])
            for proposal in self.proposals
            if data.get(f"take-{proposal.key}")
        ]

    def hours(self):
        kinds = dict.fromkeys(proposal.regular.kind for proposal in self.proposals)
        return {
            kind: Hours(*(self.cleaned_data[f"{name}-{kind}"] for name in ("starts_at", "ends_at", "place")))
            for kind in kinds
        }
