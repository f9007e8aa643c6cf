"""How an office's member roster is read, and what makes a row no member.

§3.2 of the handbook. Nothing is stored here; what other rosters hold comes in as `known`.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config.kit.dates import month_end
from config.kit.person.citizen_ids import birth_date_of, refuse_bad_citizen_id
from config.kit.person.phones import refuse_bad_phone
from config.kit.sheets.forms_of_one import form_of_one
from config.kit.sheets.model_fields import refuse_long_texts
from config.kit.sheets.records import Reading, read_records
from config.kit.sheets.tables import row_text
from config.kit.text_cleaning import squeezed, unknown_private_use
from members.roster import rules
from members.roster.codes import MemberKind
from members.roster.columns import COLUMNS, EDUCATION_SHORT, ETHNIC_SHORT, SEX_SHORT
from members.roster.departures import ask_about_departure, ask_about_lines_between
from members.roster.name_cells import read_name

TEXT_LENGTHS = {"name": 40, "native_place": 60, "former_post": 120, "party_post": 40, "address": 200, "emergency_contact": 100, "hardship_reason": 300, "remark": 500}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What is known beside the file: other branches' ID numbers as a question, this branch's names and birth dates.

    `elsewhere(number)` is true where the ID number stands on another branch's roster. `people` is
    `{(name, year, month): {ID numbers}}` of this branch.
    """

    branch_name: str = ""
    elsewhere: object = None
    people: object = None


def read_roster(name, data, *, today, known=None) -> Reading:
    """Read a roster upload into accepted and refused rows; ValidationError where the whole file cannot be read."""
    known = known or Known()
    check = RosterCheck(today=today, known=known)
    reading = read_records(name, data, COLUMNS, finish=check)
    labels = sum(any(reason.code == "form_of_one" for reason in record.reasons) for record in reading.refused)
    if labels > 1 or (labels and reading.is_form):
        raise form_of_one(COLUMNS)
    ask_about_lines_between(reading)
    named = _TITLE_END.sub("", squeezed(reading.title))
    if "支部" in named and known.branch_name and not names_agree(named, known.branch_name):
        reading.notes.append(
            _("The title says “%(title)s”, but this import is for %(branch)s. Check that it is the right workbook.")
            % {"title": reading.title, "branch": known.branch_name}
        )
    return reading


class RosterCheck:
    """Checks a row against the rules, the rows above it and what is known; keeps what later rows must be held against."""

    def __init__(self, *, today, known):
        self.today, self.known = today, known
        self.seen, self.people = {}, {}
        self.title = None  # of the first table; what it says of the whole file is told in a note

    def __call__(self, record, keys):
        values = record.values
        unread = {reason.key for reason in record.reasons}

        def free(key):
            return key not in unread

        read_name(record)
        if "name" not in values and free("name"):
            record.refuse("name", ValidationError(_("the name is missing. Type it."), code="no_name"))
        refuse_long_texts(record, TEXT_LENGTHS)
        self._kind(values)
        self._citizen_id(record, keys, free)
        if values.get("phone"):
            self._ask(record, "phone", lambda: refuse_bad_phone(values["phone"]))
        self._dates(record, keys)
        self._branch(record)
        ask_about_departure(record)
        self._same_person(record)
        if odd := unknown_private_use(values.get("name", "")):
            record.warnings.append(
                _(
                    "The name holds a character other computers cannot show (%(characters)s). Type it again with a current input method."
                )
                % {"characters": " ".join(f"U+{ord(letter):04X}" for letter in odd)}
            )

    def _kind(self, values):
        """人员类别 says what kind of member somebody is in one office, and how he retired in another."""
        said = values.pop("person_kind", None)
        if said:
            values.setdefault("member_kind" if said in MemberKind else "retirement_kind", said)

    def _ask(self, record, key, rule):
        try:
            rule()
        except ValidationError as error:
            record.refuse(key, error)
            return False
        return True

    def _citizen_id(self, record, keys, free):
        values, label = record.values, "citizen_id"
        number = values.get("citizen_id")
        if number is None:
            if "citizen_id" in keys and free("citizen_id"):
                record.refuse(
                    label, ValidationError(_("the number is missing. Type all 18 characters."), code="no_citizen_id")
                )
            return
        if not self._ask(record, "citizen_id", lambda: refuse_bad_citizen_id(number, today=self.today)):
            return
        if number in self.seen:
            record.refuse(
                label,
                ValidationError(
                    _("the same number stands in %(place)s. Keep one of the two rows, or correct the number.")
                    % {"place": row_text(*self.seen[number])},
                    code="duplicate_citizen_id",
                ),
            )
        else:
            self.seen[number] = (record.row, record.sheet)
        if self.known.elsewhere and self.known.elsewhere(number):
            record.refuse(
                label,
                ValidationError(
                    _(
                        "this number is on another roster already. Check it; a move between branches is recorded as a transfer."
                    ),
                    code="on_another_roster",
                ),
            )

    def _dates(self, record, keys):
        values = record.values
        recorded = self._birth_date(record, keys)
        born = recorded or self._birth_date_by_number(record)
        joined, full = self._party_dates(values)
        for key, rule in rules.rules_of_dates(
            birth_date=born,
            joined_on=self._latest(joined, full),
            full_member_on=full.date if full else None,
            today=self.today,
        ):
            self._ask(record, key, rule)
        for key in ("work_started_on", "retired_on"):
            if key in values:
                self._ask(record, key, lambda day=values[key]: rules.refuse_future(day, today=self.today))
        number = values.get("citizen_id")
        if number and not record.reasons:
            warnings = rules.warn_of_disagreement(number, sex=values.get("sex", ""), birth_date=recorded)
            record.warnings += map(str, warnings)

    def _birth_date(self, record, keys):
        """The birth date the roster states, its day taken from the ID number where that agrees with year and month.

        A form that has no ID numbers and asks for the month alone cannot be mended; its month is told and not kept.
        """
        stated = record.values.get("birth_date")
        if stated is None or stated.known:
            return stated and stated.date
        in_number = birth_date_in(record.values.get("citizen_id"))
        if in_number and (in_number.year, in_number.month) == (stated.date.year, stated.date.month):
            record.values["birth_date"] = stated._replace(date=in_number, known=True)
            return in_number
        if "citizen_id" not in keys:
            record.warnings.append(
                _("The day of birth is missing, so the birth date is not recorded. Add it in the member's record.")
            )
            return None
        del record.values["birth_date"]
        sentence = _("the day is missing, and the citizen ID number does not tell it. Type the date like 1968-07-01.")
        record.refuse("birth_date", ValidationError(sentence, code="day_missing"))
        return None

    def _birth_date_by_number(self, record):
        if any(reason.key == "birth_date" for reason in record.reasons):
            return None
        return birth_date_in(record.values.get("citizen_id"))

    def _party_dates(self, values):
        joined, full = values.get("joined_on"), values.get("full_member_on")
        if joined and full:
            full = values["full_member_on"] = rules.not_before_joining(full, joined)
        return joined, full

    def _latest(self, joined, full):
        """The latest day somebody can have joined on, where only the month is known."""
        if joined is None or joined.known:
            return joined and joined.date
        latest = min(month_end(joined.date), self.today, full.date if full else self.today)
        return max(joined.date, latest)

    def _branch(self, record):
        said = record.values.get("branch") or self._branch_around(record)
        if said and self.known.branch_name and not names_agree(said, self.known.branch_name):
            record.refuse(
                "branch",
                ValidationError(
                    _(
                        "the row names “%(said)s”, but this import is for %(branch)s. Import the row there, or correct the name."
                    )
                    % {"said": said, "branch": self.known.branch_name},
                    code="other_branch",
                ),
            )

    def _branch_around(self, record):
        """The branch that the section or the sheet of a row names, or a later table's title; "" where none does."""
        around = record.around
        if self.title is None:
            self.title = around.title
        later_title = around.title if around.title != self.title else ""
        for text in (around.section, around.sheet, later_title):
            named = _BRANCH_NAMED.search(squeezed(text))
            if named and not _OWN_BRANCH.fullmatch(named[0]):
                return named[0]
        return ""

    def _same_person(self, record):
        name, number = record.values.get("name"), record.values.get("citizen_id")
        stated = record.values.get("birth_date")
        born = stated.date if stated else birth_date_in(number)
        if not (name and born) or record.reasons:
            return
        key = (name, born.year, born.month)
        earlier = self.people.setdefault(key, (record.row, record.sheet, number))
        recorded = (self.known.people or {}).get(key, set())
        if earlier[2] != number:
            record.warnings.append(
                _(
                    "%(name)s in %(place)s has the same name and month of birth, but another ID number. Check that they are two people."
                )
                % {"name": name, "place": row_text(*earlier[:2])}
            )
        elif number and recorded - {""} and number not in recorded:
            record.warnings.append(
                _(
                    "A member of the branch has the same name and month of birth (%(name)s), but another ID number. Check that they are two people."
                )
                % {"name": name}
            )


def birth_date_in(number):
    """The birth date a whole citizen ID number tells, or None."""
    return birth_date_of(number) if number and len(number) == 18 and number[:17].isdigit() else None


_BRANCH_NAMED = re.compile(r"[\u4e00-\u9fff（）()\d]{2,}支部")
# The branch itself, without its name.
_OWN_BRANCH = re.compile(r".*(?:^|[是为属在])(?:本|我|各|该|全|所在|所属)?(?:党|个)?支部")
_TITLE_END = re.compile(
    r"(?:\d{4}年)?(?:离退休)?(?:干部)?(?:党员)?(?:基本)?(?:信息|情况)?(?:花名册|名册|名单|登记表|统计表|台账|一览表|汇总表).*$"
)
_FORMAL = re.compile(r"中国共产党|中共|委员会|(?<=街道)办(?:事处)?|干部|党")


def names_agree(said, branch_name):
    """Whether an office's short or long form names this branch: `第一支部` never agrees with `第二支部`."""
    said, name = (_FORMAL.sub("", squeezed(words)) for words in (said, branch_name))
    return said == name or (min(len(said), len(name)) >= 4 and (name.endswith(said) or said.endswith(name)))


def day_text(day):
    """A `Day` as it is known: 1968-07-01, or 1968-07 where the day is not."""
    return f"{day.date:%Y-%m-%d}" if day.known else f"{day.date:%Y-%m}"


# What an answer names first, in this order.
FIRST_KEYS = (
    "name", "sex", "citizen_id", "birth_date", "ethnic_group", "education", "joined_on", "full_member_on",
    "retired_on", "phone",
)  # fmt: skip


def row_of(record, keys):
    """A record as plain words and numbers, for machines and for keeping: the forms an office uses, dates in ISO form."""
    values = record.values
    row = {"row": record.row}
    if record.sheet:
        row["sheet"] = record.sheet
    for key in FIRST_KEYS:
        if key in keys:
            row[key] = shown(key, values.get(key))
    row |= {
        key: shown(key, values[key])
        for key in [*keys, *values]
        if key not in row and key != "branch" and values.get(key) not in (None, "")
    }
    return row


_SHORT = {"sex": SEX_SHORT, "education": EDUCATION_SHORT, "ethnic_group": ETHNIC_SHORT}


def shown(key, value):
    """A value in the office's own short form."""
    if value is None:
        return ""
    if key in _SHORT:
        return _SHORT[key].get(value, value)
    if hasattr(value, "known"):
        return day_text(value)
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    return value
