"""The form of a sign-in sheet: a mark beside every name of the printed sheet, then whoever came besides."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.attendance.facts import MOST_PEOPLE, FactsForm, HoursField
from activities.attendance.models import Attendance
from activities.attendance.rules import (
    refuse_leave_without_reason,
    refuse_minutes_over_length,
    refuse_no_hours,
    refuse_reason_without_leave,
)
from activities.attendance.walk_ins import WalkInsForm
from activities.events.models import Activity
from activities.signups.exports import signed_up
from config.kit.text_cleaning import clean

Mark = Attendance.Mark
MARK_CHOICES = [(Mark.PRESENT, _("present")), (Mark.LEAVE, _("leave")), (Mark.EXCUSED, _("excused")), (Mark.ABSENT, _("absent"))]  # fmt: skip
CAME_CHOICES = [(Mark.PRESENT, _("came")), ("", _("did not come"))]


class SheetForm(WalkInsForm, FactsForm):
    """The sheet of an event with a roll. `lines` are its `SheetLine`s, `user` is who types it in."""

    residents = forms.IntegerField(
        label=_("Residents who came along, not named (persons)"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        help_text=_("Only those who stand on no line of this sheet."),
    )
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
        if self._is_first():
            on_sheet = {line.name for line in lines if not self._is_later(line)}
            self.signed = [row for row in signed_up(self.activity) if row.name not in on_sheet]
        for place in self.places:
            self._add_blank(place)

    def _is_first(self):
        """Whether the sheet had not been entered when this form was opened: afterwards its lines say who came."""
        return (self.data.get("seen") if self.is_bound else str(self.saved)) == "0"

    def _add_line(self, line):
        choices = MARK_CHOICES if line.is_due else CAME_CHOICES
        self.fields[f"mark-{line.key}"] = forms.ChoiceField(
            label=line.name, choices=choices, required=False, initial=line.mark, widget=forms.RadioSelect
        )
        if line.is_due:
            self.fields[f"why-{line.key}"] = forms.CharField(
                label=_("Reason of leave"),
                required=False,
                max_length=60,
                initial=line.reason,
                widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": _("Reason of leave")}),
            )
        if self.is_service:
            self.fields[f"hours-{line.key}"] = HoursField(label=_("Hours"), initial=line.minutes)

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

    def act_values(self):
        """What `enter_sheet` takes."""
        residents = (self.cleaned_data["residents"] or 0) + self.unnamed
        return {"lines": self.came, "facts": self.facts(residents), **self.saving()}

    def wrong(self):
        """`[(id of the field, whose line, sentence)]` of what is refused, in the order of the page."""
        names = {f"{kind}-{line.key}": line.name for line in self.lines for kind in ("mark", "why", "hours")}
        for place in self.places:
            is_signed = place < len(self.signed)
            name = self.signed[place].name if is_signed else self.data.get(f"walk-{place}", "")[:40]
            names |= {f"{kind}{place}": name for kind in ("walk-", "signed-", "who-", "hours-w")}
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
        for place in self.places:
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
        self._refuse(field, refuse_no_hours, minutes=minutes)
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
