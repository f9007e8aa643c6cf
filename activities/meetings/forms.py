"""The forms of minutes and of study at home."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.attendance.facts import HoursField
from activities.meetings.actions import DecisionTaken, absent_from
from activities.meetings.models import Decision, HomeStudy, Minutes
from activities.meetings.rules import (
    refuse_nobody,
    refuse_study_ahead,
    refuse_vote_without_decision,
    refuse_votes,
)
from config.kit import clock
from config.kit.day_fields import DayFormField
from config.kit.person.fields import PEOPLE, ReadFormField
from config.kit.text_cleaning import clean
from members.models import Member

# Decisions that fit on the page; those of a longer meeting are written into one another's lines.
DECISIONS = 5
VOTES = ("in_favour", "against", "abstained")
MOST_VOTES = 999


def _area(label, rows, **options):
    return forms.CharField(
        label=label, max_length=5000, strip=True, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class MinutesForm(forms.Form):
    """The minutes of a meeting that was held; `activity` tells how many members were present."""

    agenda = _area(_("Agenda"), 4, help_text=_("One item a line."))
    speaker = ReadFormField(kind=PEOPLE, label=_("Speaker"), max_length=40, required=False)
    content = _area(_("What was studied"), 3, required=False)
    discussion = _area(_("Main points of the discussion"), 8, required=False)

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity = activity
        stored = Minutes.objects.filter(activity=activity).first()
        decisions = list(stored.decisions.all()) if stored else []
        for name in ("agenda", "speaker", "content", "discussion"):
            self.initial.setdefault(name, getattr(stored, name, ""))
        for place in range(max(DECISIONS, len(decisions) + 1)):
            self._add_decision(place, decisions[place] if place < len(decisions) else Decision())

    def _add_decision(self, place, decision):
        number = place + 1
        self.fields[f"decision-{place}"] = forms.CharField(
            label=_("Decision %(number)s") % {"number": number},
            max_length=300,
            required=False,
            initial=decision.text,
        )
        labels = {
            "in_favour": _("Decision %(number)s: in favour (persons)"),
            "against": _("Decision %(number)s: against (persons)"),
            "abstained": _("Decision %(number)s: abstained (persons)"),
        }
        for vote in VOTES:
            self.fields[f"{vote}-{place}"] = forms.IntegerField(
                label=labels[vote] % {"number": number},
                min_value=0,
                max_value=MOST_VOTES,
                required=False,
                initial=getattr(decision, vote),
            )

    @property
    def places(self):
        return range(sum(name.startswith("decision-") for name in self.fields))

    def words(self):
        """The fields that are written as text."""
        return [self[name] for name in ("agenda", "speaker", "content", "discussion")]

    def decisions(self):
        """`(number, text, [votes])` of the bound fields."""
        for place in self.places:
            yield place + 1, self[f"decision-{place}"], [self[f"{vote}-{place}"] for vote in VOTES]

    def clean(self):
        cleaned = super().clean()
        self.taken = []
        for place in self.places:
            text = clean(cleaned.get(f"decision-{place}") or "")
            taken = DecisionTaken(text, *(cleaned.get(f"{vote}-{place}") for vote in VOTES))
            try:
                refuse_vote_without_decision(text=text, votes=taken.votes)
                refuse_votes(votes=taken.votes, present=self.activity.present)
            except ValidationError as refusal:
                self.add_error(f"decision-{place}", refusal)
            if text:
                self.taken.append(taken)
        return cleaned

    def act_values(self):
        names = ("agenda", "speaker", "content", "discussion")
        return {name: self.cleaned_data[name] for name in names} | {"decisions": self.taken}


class HomeStudyForm(forms.Form):
    """Study at home in place of an event: those who could not come are offered, the excused are ticked beforehand."""

    members = forms.ModelMultipleChoiceField(
        Member.objects.none(), label=_("For whom"), required=False, widget=forms.CheckboxSelectMultiple
    )
    way = forms.ChoiceField(label=_("Way"), choices=HomeStudy.Way)
    what = forms.CharField(label=_("What was studied"), max_length=100)
    brought_by = ReadFormField(kind=PEOPLE, label=_("Brought by"), max_length=40, required=False)
    on = DayFormField(label=_("Day"))
    hours = HoursField(label=_("Hours of study, each"))

    def __init__(self, *args, activity, user, **kwargs):
        super().__init__(*args, **kwargs)
        lines = list(absent_from(activity, user))
        self.fields["members"].queryset = Member.objects.filter(pk__in=[line.member_id for line in lines])
        noted = set(HomeStudy.objects.filter(activity=activity).values_list("member", flat=True))
        excused = {line.member_id for line in lines if line.mark == line.Mark.EXCUSED}
        self.initial |= {
            "members": sorted(noted or excused),
            "what": activity.summary.split("；")[0][:100],
            "on": activity.day,
        }

    def clean_members(self):
        members = self.cleaned_data["members"]
        refuse_nobody(count=len(members))
        return members

    def clean_on(self):
        day = self.cleaned_data["on"]
        refuse_study_ahead(day=day, today=clock.today())
        return day

    def clean_hours(self):
        if not self.cleaned_data["hours"]:
            raise ValidationError(_("Write the hours in half hours: 0.5, 1, 1.5, 2."), code="required")
        return self.cleaned_data["hours"]

    def act_values(self):
        data = dict(self.cleaned_data)
        return {"minutes": data.pop("hours"), **data}
