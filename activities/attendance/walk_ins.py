"""The blank lines of a sheet: whoever came besides the people listed on it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from activities.attendance.facts import HoursField
from activities.attendance.models import Attendance
from activities.attendance.people import Person, people_called
from activities.volunteers.models import Volunteer
from config.kit.person.names import read_person, refuse_no_one_name, refuse_two_people
from config.kit.person.search_keys import read_latin
from config.kit.text_cleaning import clean

Mark = Attendance.Mark
# The next save offers as many again.
BLANK_LINES = 8
# What is answered about a name that nobody known has.
NEW, UNNAMED = "new-", "unnamed"


class WalkInsForm(forms.Form):
    """What a sheet takes on for its blank lines: a name each, who that is where it must be asked, and hours."""

    newcomers = forms.ChoiceField(label=_("Names that nobody here knows"), required=False)

    # Who signed up for the event, as `SignedUp`; each has a line of its own before the blank ones.
    signed: list = []

    @property
    def places(self):
        return range(len(self.signed) + BLANK_LINES)

    def _add_blank(self, place):
        if place < len(self.signed):
            self.fields[f"signed-{place}"] = forms.BooleanField(label=self.signed[place].name, required=False)
        else:
            self.fields[f"walk-{place}"] = forms.CharField(
                label=_("Name"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
            )
        self.fields[f"who-{place}"] = forms.CharField(
            label=pgettext_lazy("sign-in sheet", "Who it is"), required=False, widget=forms.Select
        )
        if self.is_service:
            self.fields[f"hours-w{place}"] = HoursField(label=_("Hours"))

    def _name_field(self, place):
        return f"signed-{place}" if place < len(self.signed) else f"walk-{place}"

    def blanks(self):
        """`[(name or tick, who, hours, sign-up)]` of the lines for who came besides; no sign-up on the blank ones."""
        for place in self.places:
            signed = self.signed[place] if place < len(self.signed) else None
            hours = self[f"hours-w{place}"] if self.is_service else None
            yield self[self._name_field(place)], self[f"who-{place}"], hours, signed

    def _words_of(self, place, cleaned):
        """The name on a line: typed, or of a sign-up whose tick says that the person came."""
        if place < len(self.signed):
            return self.signed[place].name if cleaned.get(f"signed-{place}") else ""
        return clean(cleaned.get(f"walk-{place}") or "")

    def _read_blank(self, place, cleaned):
        """Whoever came besides: known by name or letters, a new volunteer, or a resident who is counted without a name."""
        words, minutes = self._words_of(place, cleaned), cleaned.get(f"hours-w{place}")
        if words and place < len(self.signed):
            # Whoever came along with the person is counted without a name.
            self.unnamed += self.signed[place].persons - 1
        if not words:
            if minutes:
                self.add_error(
                    self._name_field(place), ValidationError(_("Write whose hours these are."), code="required")
                )
            return
        people = people_called(words, day=self.activity.day, user=self.user)
        by_key = {person.key: person for person in people}
        new = [] if read_latin(words) else self._choices_of_new()
        yes = [(person.key, _("yes: %(person)s") % {"person": person.words}) for person in people]
        if yes or new:
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

    def _settled(self, words, people, cleaned):
        """Who it is where that needs no question: one proposed person, the one with these letters, or nobody known."""
        proposed = [person.key for person in people if person.words == words]
        # A form sent twice finds whoever it registered the first time on the sheet.
        proposed = proposed or [line.key for line in self.lines if line.name == words and self._is_later(line)]
        if len(proposed) == 1 or (len(people) == 1 and read_latin(words)):
            return (proposed or [people[0].key])[0]
        return "" if people else cleaned.get("newcomers") or ""

    def _is_later(self, line):
        """Whether a line was stored after the form that was sent was opened."""
        return line.mark and f"mark-{line.key}" not in self.data

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
            self.add_error(self._name_field(place), refusal)
            return
        person = Person(volunteer=Volunteer(kind=kind, name=read_person(words)))
        self._take(person, Mark.PRESENT, "", minutes, f"hours-w{place}")
