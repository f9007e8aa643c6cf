"""The form of a sign-in sheet: a mark beside every name of the printed sheet, then whoever came besides."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from activities.attendance.actions import SheetFacts
from activities.attendance.models import Attendance
from activities.attendance.people import Person, people_called
from activities.attendance.rules import (
    refuse_broken_half_hour,
    refuse_leave_without_reason,
    refuse_minutes_over_length,
    refuse_no_length,
    refuse_reason_without_leave,
)
from activities.attendance.sheet import length_of
from activities.events.models import Activity
from activities.volunteers.models import Volunteer
from config.kit.day_fields import TimeFormField
from config.kit.person.names import read_person, refuse_no_one_name, refuse_two_people
from config.kit.person.search_keys import read_latin
from config.kit.public_text import refuse_private_words
from config.kit.text_cleaning import clean

Mark = Attendance.Mark
# Blank lines of a sheet for whoever came besides; the next save offers as many again.
BLANK_LINES = 8
MOST_PEOPLE = 9999
MARK_CHOICES = [(Mark.PRESENT, _("present")), (Mark.LEAVE, _("leave")), (Mark.EXCUSED, _("excused")), (Mark.ABSENT, _("absent"))]  # fmt: skip
CAME_CHOICES = [(Mark.PRESENT, _("came")), ("", _("did not come"))]
# What is answered about a name that nobody known has.
NEW, UNNAMED = "new-", "unnamed"


class HoursField(forms.DecimalField):
    """Hours really given, in half hours; the value is in minutes."""

    def __init__(self, **options):
        super().__init__(
            min_value=0,
            max_digits=4,
            decimal_places=1,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 4}),
            **options,
        )

    def prepare_value(self, value):
        return f"{value / 60:g}" if isinstance(value, int) else value

    def clean(self, value):
        hours = super().clean(value)
        if not hours:
            return None
        minutes = int(hours * 60)
        refuse_broken_half_hour(minutes=minutes)
        return minutes


class FactsForm(forms.Form):
    """What a sheet says beside its names."""

    starts_at = TimeFormField(label=_("Began at"), required=False)
    ends_at = TimeFormField(label=_("Ended at"), required=False)
    served = forms.IntegerField(
        label=_("People served (person-times)"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_("Haircuts, blood pressures, visits: how many in all."),
    )
    summary = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Public: no names, illness, addresses or phone numbers."),
    )
    reason = forms.CharField(
        label=_("Why it is corrected"),
        required=False,
        max_length=100,
        help_text=_("It stays on record with the correction."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, activity, saved, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity, self.saved = activity, saved
        for name in ("starts_at", "ends_at", "served", "summary"):
            self.initial.setdefault(name, getattr(activity, name) or None)
        self.initial["seen"] = saved
        if not saved:
            del self.fields["reason"]
        if self.activity.kind not in Activity.SERVICE_KINDS:
            del self.fields["served"]

    # The names to be marked; none where only numbers are typed.
    lines: list | None = None

    @property
    def is_service(self):
        return self.activity.kind in Activity.SERVICE_KINDS

    @property
    def times(self):
        return [self["starts_at"], self["ends_at"]]

    def clean_summary(self):
        text = self.cleaned_data["summary"]
        refuse_private_words(text)
        return text

    def clean(self):
        cleaned = super().clean()
        if self.is_service and not {"starts_at", "ends_at"} & self.errors.keys():
            try:
                refuse_no_length(starts_at=cleaned.get("starts_at"), ends_at=cleaned.get("ends_at"))
            except ValidationError as refusal:
                self.add_error("starts_at", refusal)
        return cleaned

    @property
    def length(self):
        """Minutes of the event, None where its times are not known or wrong."""
        if {"starts_at", "ends_at"} & self.errors.keys():
            return None
        times = [self.cleaned_data.get(name) for name in ("starts_at", "ends_at")]
        return length_of(*times) if all(times) and times[1] > times[0] else None

    def saving(self):
        return {"reason": self.cleaned_data.get("reason", ""), "seen": self.cleaned_data["seen"]}

    def facts(self, residents=0):
        data = self.cleaned_data
        return SheetFacts(data["starts_at"], data["ends_at"], residents, data.get("served") or 0, data["summary"])


class SheetForm(FactsForm):
    """The sheet of an event with a roll. `lines` are its `SheetLine`s, `user` is who types it in."""

    residents = forms.IntegerField(
        label=_("Residents who came along, not named (persons)"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_("Only those who stand on no line of this sheet."),
    )
    newcomers = forms.ChoiceField(label=_("Names that nobody here knows"), required=False)
    both = forms.CharField(label=_("Two places at the same hour"), required=False, widget=forms.Select)

    field_order = ["starts_at", "ends_at"]

    def __init__(self, *args, lines, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines, self.user = lines, user
        if self.activity.residents:
            self.initial.setdefault("residents", self.activity.residents)
        self.fields["newcomers"].choices = [("", _("ask about each")), *self._choices_of_new()]
        for line in lines:
            self._add_line(line)
        for place in range(BLANK_LINES):
            self._add_blank(place)

    def _add_line(self, line):
        choices = MARK_CHOICES if line.is_due else CAME_CHOICES
        self.fields[f"mark-{line.key}"] = forms.ChoiceField(
            label=line.name, choices=choices, required=False, initial=line.mark, widget=forms.RadioSelect
        )
        if line.is_due:
            self.fields[f"why-{line.key}"] = forms.CharField(
                label=_("Reason of leave"), required=False, max_length=60, initial=line.reason
            )
        if self.is_service:
            self.fields[f"hours-{line.key}"] = HoursField(label=_("Hours"), initial=line.minutes)

    def _add_blank(self, place):
        self.fields[f"walk-{place}"] = forms.CharField(
            label=_("Name"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
        )
        self.fields[f"who-{place}"] = forms.CharField(label=_("Who it is"), required=False, widget=forms.Select)
        if self.is_service:
            self.fields[f"hours-w{place}"] = HoursField(label=_("Hours"))

    @property
    def has_due(self):
        return self.activity.kind in Activity.DUE_KINDS

    @property
    def has_branches(self):
        """Whether members of more than one branch stand on the sheet."""
        return len({line.branch.pk for line in self.lines if line.branch}) > 1

    @property
    def rest(self):
        """What is asked below the names."""
        return [self[name] for name in ("residents", "served", "summary", "reason") if name in self.fields]

    def rows(self):
        """`[(line, mark, reason, hours)]` of the bound fields; None where a kind of event has none."""
        for line in self.lines:
            why = self[f"why-{line.key}"] if line.is_due else None
            hours = self[f"hours-{line.key}"] if self.is_service else None
            yield line, self[f"mark-{line.key}"], why, hours

    def blanks(self):
        """`[(name, who, hours)]` of the blank lines."""
        for place in range(BLANK_LINES):
            yield self[f"walk-{place}"], self[f"who-{place}"], self[f"hours-w{place}"] if self.is_service else None

    def act_values(self):
        """What `enter_sheet` takes."""
        residents = (self.cleaned_data["residents"] or 0) + self.unnamed
        return {"lines": self.came, "facts": self.facts(residents), **self.saving()}

    def wrong(self):
        """`[(id of the field, whose line, sentence)]` of what is refused, in the order of the page."""
        names = {f"{kind}-{line.key}": line.name for line in self.lines for kind in ("mark", "why", "hours")}
        for name, errors in self.errors.items():
            for sentence in errors:
                field = self[name] if name in self.fields else None
                words = names.get(name) or (field.label if field else "")
                yield field.id_for_label or field.auto_id if field else "", words, sentence

    def clean(self):
        cleaned = super().clean()
        self.came, self.unnamed = [], 0
        for line in self.lines:
            self._read_line(line, cleaned)
        for place in range(BLANK_LINES):
            self._read_blank(place, cleaned)
        if not self.errors:
            self._ask_about_two_places()
        return cleaned

    def _refuse(self, field, rule, **values):
        try:
            rule(**values)
        except ValidationError as refusal:
            self.add_error(field, refusal)

    def _read_line(self, line, cleaned):
        mark, why = cleaned.get(f"mark-{line.key}") or "", clean(cleaned.get(f"why-{line.key}") or "")
        minutes = cleaned.get(f"hours-{line.key}")
        if line.is_due:
            mark = mark or Mark.ABSENT
            is_leave = mark == Mark.LEAVE
            self._refuse(f"why-{line.key}", refuse_leave_without_reason, is_leave=is_leave, reason=why)
            self._refuse(f"why-{line.key}", refuse_reason_without_leave, is_leave=is_leave, reason=why)
        if minutes and mark != Mark.PRESENT:
            self.add_error(
                f"hours-{line.key}",
                ValidationError(_("Hours stand here, and the person is not marked as come."), code="hours_of_absent"),
            )
        if mark == Mark.PRESENT or line.is_due:
            self._take(line, mark, why, minutes, f"hours-{line.key}")

    def _take(self, person, mark, why, minutes, field):
        if minutes and self.length:
            self._refuse(field, refuse_minutes_over_length, minutes=minutes, length=self.length)
        self.came.append(
            Attendance(
                activity=self.activity,
                member=person.member,
                branch=person.branch,
                volunteer=person.volunteer,
                is_due=getattr(person, "is_due", False),
                mark=mark,
                reason=why,
                minutes=minutes,
            )
        )

    def _read_blank(self, place, cleaned):
        """Whoever came besides: known by name or letters, a new volunteer, or a resident who is counted without a name."""
        words, minutes = clean(cleaned.get(f"walk-{place}") or ""), cleaned.get(f"hours-w{place}")
        if not words:
            if minutes:
                self.add_error(f"walk-{place}", ValidationError(_("Write whose hours these are."), code="required"))
            return
        people = people_called(words, day=self.activity.day, user=self.user)
        by_key = {person.key: person for person in people}
        new = [] if read_latin(words) else self._choices_of_new()
        yes = [(person.key, _("yes: %(person)s") % {"person": person.words}) for person in people]
        self.fields[f"who-{place}"].widget.choices = [("", "—"), *yes, *new]
        answer = cleaned.get(f"who-{place}") or self._settled(words, people, cleaned)
        if answer in by_key:
            self._take(by_key[answer], Mark.PRESENT, "", minutes, f"hours-w{place}")
        elif answer == UNNAMED and new:
            self.unnamed += 1
        elif answer in dict(new):
            self._read_new(place, words, answer.removeprefix(NEW), minutes)
        else:
            self._ask_who(place, words, people)

    @staticmethod
    def _settled(words, people, cleaned):
        """Who it is where that needs no question: one proposed person, the one with these letters, or nobody known."""
        proposed = [person.key for person in people if person.words == words]
        if len(proposed) == 1 or (len(people) == 1 and read_latin(words)):
            return (proposed or [people[0].key])[0]
        return "" if people else cleaned.get("newcomers") or ""

    @property
    def _may_register(self):
        return self.user.has_perm("activities.add_volunteer")

    def _choices_of_new(self):
        kinds = Volunteer.Kind.choices if self._may_register else []
        new = [(f"{NEW}{kind}", _("somebody new: register as %(kind)s") % {"kind": word}) for kind, word in kinds]
        return [*new, (UNNAMED, _("a resident: count without the name"))]

    def _ask_who(self, place, words, people):
        if people:
            shown = ", ".join(person.words for person in people)
            sentence = ngettext_lazy(
                "Known by this name: %(people)s. Say whether it is the same person.",
                "Known by this name: %(people)s. Say which of them it is.",
                len(people),
            )
            refusal = ValidationError(sentence, code="who_is_it", params={"people": shown})
        elif read_latin(words):
            refusal = ValidationError(
                _("Nobody you may see is found by the letters “%(letters)s”. Write the name in full."),
                code="nobody",
                params={"letters": words},
            )
        else:
            refusal = ValidationError(
                _("Nobody known is called %(name)s. Say whether to register this person, or to count without a name."),
                code="who_is_it",
                params={"name": words},
            )
        self.add_error(f"who-{place}", refusal)

    def _read_new(self, place, words, kind, minutes):
        try:
            refuse_no_one_name(words)
            refuse_two_people(words)
        except ValidationError as refusal:
            self.add_error(f"walk-{place}", refusal)
            return
        person = Person(volunteer=Volunteer(kind=kind, name=read_person(words)))
        self._take(person, Mark.PRESENT, "", minutes, f"hours-w{place}")

    def _ask_about_two_places(self):
        """Somebody on the sheet of another event at the same hour: it may be so, or a slip; whoever types it says so."""
        present = [row for row in self.came if row.mark == Mark.PRESENT]
        places = elsewhere(self.activity, self.cleaned_data, present)
        if not places:
            return
        answer = "yes-" + "-".join(str(row.pk) for row in places)
        self.fields["both"].widget.choices = [("", "—"), (answer, _("both sheets are right"))]
        if self.cleaned_data.get("both") != answer:
            shown = ", ".join(_("%(name)s at “%(event)s”") % {"name": row, "event": row.activity} for row in places)
            self.add_error(
                "both",
                ValidationError(
                    _("On another sheet at the same hour: %(people)s. Look at both papers."),
                    code="elsewhere",
                    params={"people": shown},
                ),
            )


def elsewhere(activity, times, rows):
    """Lines of these people on sheets of other events at the same hours."""
    members = [row.member_id for row in rows if row.member_id]
    volunteers = [row.volunteer_id for row in rows if row.volunteer_id]
    others = Attendance.objects.present().of(members=members, volunteers=volunteers).filter(activity__day=activity.day)
    if times.get("starts_at") and times.get("ends_at"):
        others = others.filter(activity__starts_at__lt=times["ends_at"], activity__ends_at__gt=times["starts_at"])
    else:
        return []
    return list(others.exclude(activity=activity).select_related("activity", "member", "volunteer").order_by("pk")[:9])


class TypedCountsForm(FactsForm):
    """The numbers of an event before the first roll, as an older record gives them."""

    expected = forms.IntegerField(label=_("Due (persons)"), min_value=0, max_value=MOST_PEOPLE, required=False)
    present = forms.IntegerField(label=_("Members present (persons)"), min_value=0, max_value=MOST_PEOPLE)
    public_present = forms.IntegerField(
        label=_("Residents present (persons)"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    hours = forms.DecimalField(
        label=_("Service time of all volunteers together (hours)"),
        min_value=0,
        max_value=Decimal(99_999),
        decimal_places=1,
        required=False,
    )

    field_order = ["starts_at", "ends_at", "expected", "present", "public_present", "served", "hours"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.saved:
            for name in ("expected", "present", "public_present"):
                self.initial.setdefault(name, getattr(self.activity, name))
            self.initial.setdefault("hours", Decimal(self.activity.service_minutes) / 60)

    @property
    def is_service(self):
        # Hours are typed as a sum; no length is needed for them.
        return False

    def act_values(self):
        data = self.cleaned_data
        numbers = {
            "expected": data["expected"],
            "present": data["present"],
            "public_present": data["public_present"] or 0,
            "service_minutes": int((data["hours"] or 0) * 60),
        }
        return {"numbers": numbers, "facts": self.facts(), **self.saving()}
