"""Form fields that read days as people say them: what is guessed is asked once, and stored when the form comes again."""

from datetime import UTC, date, datetime

import pytest
from django import forms

from config.kit import clock
from config.kit.day_fields import DayFormField
from config.kit.months import DayOrMonthFormField, MonthFormField
from config.kit.sheets.days import Day
from tests.kit.test_typed_days import GUESSED, LUNAR, OTHER_WHOLE, PLAIN, REFUSED, WHOLE


class DaysForm(forms.Form):
    day = DayFormField(label="日期")
    month = MonthFormField(label="月份", required=False)
    since = DayOrMonthFormField(label="起", required=False)


class RecordForm(forms.Form):
    """A form that changes a record, as a model form does."""

    day = DayFormField()

    def __init__(self, *args, instance, **kwargs):
        self.instance = instance
        super().__init__(*args, initial={"day": instance.day}, **kwargs)


class Record:
    def __init__(self, day, *, adding):
        self.day = day
        self._state = type("State", (), {"adding": adding})


@pytest.fixture(autouse=True)
def on_11_november():
    with clock.set_to(lambda: datetime(2018, 11, 11, 2, tzinfo=UTC)):
        yield


def codes(form, name="day"):
    return [error.code for error in form.errors.as_data().get(name, [])]


def test_whole_days_and_words_nobody_doubts_are_stored_at_once():
    for text in WHOLE:
        assert DayFormField().clean(text) == date(2018, 11, 8), text
    for text, day in (OTHER_WHOLE | PLAIN).items():
        assert DayFormField().clean(text).isoformat() == day, text


@pytest.mark.parametrize("text", [*GUESSED, *LUNAR])
def test_a_guess_is_asked_once_and_stored_when_the_form_comes_again(text):
    form = DaysForm({"day": text})

    assert codes(form) == ["read_back"]
    again = DaysForm({"day": form["day"].value().isoformat()})
    assert again.is_valid()
    assert again.cleaned_data["day"].isoformat() == (GUESSED | LUNAR)[text]


@pytest.mark.parametrize(("text", "code", "word"), REFUSED)
def test_what_is_refused_stays_in_the_field_as_it_was_typed(text, code, word):
    form = DaysForm({"day": text})

    assert codes(form) == [code]
    assert form["day"].value() == text


def test_the_question_says_day_weekday_and_lunar_day():
    def asked(**data):
        form = DaysForm(data)
        return [str(message) for errors in form.errors.values() for message in errors]

    assert asked(day="10月31日") == ["读作 2018年10月31日，星期三。没错请再保存一次；不对请改成别的日子。"]
    assert asked(day="重阳节") == [
        "读作 2018年10月17日，星期三（农历九月初九）。没错请再保存一次；不对请改成别的日子。"
    ]
    assert asked(day="今天", since="68.7") == ["读作 1968年7月。没错请再保存一次；不对请改成别的日子。"]


def test_the_field_shows_the_day_it_read_although_another_field_is_wrong():
    form = DaysForm({"day": "昨天", "month": "很快"})

    assert list(form.errors) == ["month"]
    assert 'value="2018-11-10"' in str(form["day"])
    assert 'value="很快"' in str(form["month"])


@pytest.mark.parametrize("typed", ["", "  ", "—", "无"])
def test_nothing_and_a_mark_for_nothing_are_no_day(typed):
    assert codes(DaysForm({"day": typed})) == ["required"]
    assert DayFormField(required=False).clean(typed) is None


def test_a_day_spelled_otherwise_is_no_change():
    field = DayFormField()

    assert not field.has_changed(date(2018, 11, 8), "2018年11月8日")
    assert field.has_changed(date(2018, 11, 8), "2018-11-09")
    assert field.has_changed(date(2018, 11, 8), "11.8")
    assert not MonthFormField().has_changed(date(2012, 3, 1), "2012年3月")
    assert not DayOrMonthFormField().has_changed(Day(date(1968, 7, 1), known=False), "1968.7")
    assert DayOrMonthFormField().has_changed(Day(date(1968, 7, 1), known=False), "1968.7.1")


def test_a_record_that_is_changed_says_which_year_is_meant():
    changed = RecordForm({"day": "10月31日"}, instance=Record(date(2016, 11, 2), adding=False))
    added = RecordForm({"day": "10月31日"}, instance=Record(date(2016, 11, 2), adding=True))

    assert (changed["day"].value(), added["day"].value()) == (date(2016, 10, 31), date(2018, 10, 31))
    assert codes(changed) == codes(added) == ["read_back"]


def test_lines_of_a_set_are_asked_one_by_one():
    Lines = forms.formset_factory(DaysForm)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-day": "11.8", "form-1-day": "2018-11-09"}

    lines = Lines(data)

    assert [codes(line) for line in lines] == [["read_back"], []]
    shown = {f"form-{place}-day": str(line["day"].value()) for place, line in enumerate(lines)}
    assert Lines(data | shown).is_valid()


def test_a_field_that_cannot_be_typed_into_keeps_its_day():
    form = RecordForm({"day": "11.8"}, instance=Record(date(2016, 11, 2), adding=False))
    form.fields["day"].disabled = True

    assert form.is_valid()
    assert form["day"].value() == date(2016, 11, 2)


def test_months_and_days_that_may_be_months_are_shown_as_they_are_known():
    form = DaysForm(
        initial={"day": date(2018, 11, 8), "month": date(2012, 3, 1), "since": Day(date(1968, 7, 1), known=False)}
    )

    assert [form[name].value() for name in ("month", "since")] == ["2012.03", "1968.07"]
    assert DayOrMonthFormField().prepare_value(Day(date(1968, 7, 1))) == "1968-07-01"
    typed = DaysForm({"day": "2018-11-08", "month": "2012.3", "since": "1968年7月"})
    assert typed.is_valid()
    assert typed.cleaned_data == {
        "day": date(2018, 11, 8), "month": date(2012, 3, 1), "since": Day(date(1968, 7, 1), known=False)
    }  # fmt: skip


def test_a_hint_stands_below_the_field_unless_the_form_says_something_else():
    assert "昨天" in str(DaysForm().fields["day"].help_text)
    assert DayFormField(help_text="只填工作日").help_text == "只填工作日"
    assert DayFormField(help_text="").help_text == ""
