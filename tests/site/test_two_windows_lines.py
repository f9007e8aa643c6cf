"""Two people on the lines of one record: rows changed, added and removed by each are kept from both, or asked about."""

import pytest

from branches.models import CommitteeSeat, CommitteeTerm
from members.models import Consent
from tests.make import make_branch, make_member
from tests.site.test_careful_saving import fields_of
from tests.site.test_two_windows import MINE, THEIRS, both_open, questions, refused, saved

pytestmark = pytest.mark.django_db


def make_term(*names):
    term = CommitteeTerm.objects.create(branch=make_branch(), term_no=1, elected_on="2018-01-02", term_end="2021-01-02")
    seats = [
        CommitteeSeat.objects.create(term=term, post="member", name=name, held_from="2018-01-02") for name in names
    ]
    return term, seats


def rows():
    return sorted(CommitteeSeat.objects.values_list("name", "duties"))


def new_row(place, name):
    return {f"seats-{place}-post": "member", f"seats-{place}-name": name, f"seats-{place}-held_from": "2018-01-02"}


def test_a_row_nobody_else_touched_and_a_row_the_colleague_changed_are_both_kept():
    term, _seats = make_term("覃月华", "农爱民")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-duties": "宣传"})

    said = saved(mine, page, my_form | {"seats-1-duties": "组织"})

    assert rows() == [("农爱民", "组织"), ("覃月华", "宣传")]
    assert "宣传" in said


def test_different_fields_of_one_row_are_both_kept():
    term, _seats = make_term("覃月华")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-duties": "宣传"})

    saved(mine, page, my_form | {"seats-0-name": "覃月英"})

    assert rows() == [("覃月英", "宣传")]


@pytest.mark.parametrize(("choice", "duties"), [(THEIRS, "宣传"), (MINE, "组织")])
def test_one_field_of_one_row_changed_by_both_is_asked(choice, duties):
    term, _seats = make_term("覃月华", "农爱民")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-duties": "宣传"})

    html = refused(mine, page, my_form | {"seats-0-duties": "组织", "seats-1-name": "农爱国"})

    assert "覃月华" in questions(html)["_choice-seats-0-duties"]
    assert rows() == [("农爱民", ""), ("覃月华", "宣传")]
    saved(mine, page, fields_of(html) | {"_choice-seats-0-duties": choice})
    assert rows() == [("农爱国", ""), ("覃月华", duties)]


def test_rows_that_both_added_stay():
    term, _seats = make_term("覃月华")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | new_row(1, "闭大方"))

    saved(mine, page, my_form | new_row(1, "农爱民"))

    assert rows() == [("农爱民", ""), ("覃月华", ""), ("闭大方", "")]


def test_a_row_the_colleague_removed_stays_away_where_nobody_wrote_in_it():
    term, _seats = make_term("覃月华", "农爱民", "闭大方")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-DELETE": "on"})

    said = saved(mine, page, my_form | {"seats-2-duties": "组织"})

    assert rows() == [("农爱民", ""), ("闭大方", "组织")]
    assert "又存" not in said


def test_a_row_the_colleague_removed_comes_back_with_what_was_written_in_it():
    term, _seats = make_term("覃月华", "农爱民")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-DELETE": "on"})

    said = saved(mine, page, my_form | {"seats-0-duties": "宣传"} | new_row(2, "闭大方"))

    assert rows() == [("农爱民", ""), ("覃月华", "宣传"), ("闭大方", "")]
    assert "重新存" in said


def test_a_row_both_removed_is_gone():
    term, _seats = make_term("覃月华", "农爱民")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-DELETE": "on"})

    saved(mine, page, my_form | {"seats-0-DELETE": "on", "seats-1-duties": "组织"})

    assert rows() == [("农爱民", "组织")]


@pytest.mark.parametrize(("choice", "left"), [(THEIRS, [("覃月华", "宣传")]), (MINE, [])])
def test_removing_a_row_that_the_colleague_changed_is_asked(choice, left):
    term, _seats = make_term("覃月华")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-duties": "宣传"})

    html = refused(mine, page, my_form | {"seats-0-DELETE": "on"})

    assert rows() == [("覃月华", "宣传")]
    saved(mine, page, fields_of(html) | {"_choice-seats-0-DELETE": choice})
    assert rows() == left


def test_a_consent_the_colleague_withdrew_is_not_given_again_by_a_stale_window():
    member = make_member()
    consent = Consent.objects.create(member=member, scope="photo", given_on="2018-01-02")
    theirs, mine, page, their_form, my_form = both_open(member)
    saved(theirs, page, their_form | {"consents-0-withdrawn_on": "2018-10-01"})

    saved(mine, page, my_form | {"remark": "来过"})

    consent.refresh_from_db()
    assert f"{consent.withdrawn_on}" == "2018-10-01"


@pytest.mark.parametrize("forged", ["x", "0", "99999999999999999999", "-1", "2\0"])
def test_a_forged_number_of_rows_is_refused_and_stores_nothing(forged):
    term, _seats = make_term("覃月华", "农爱民")
    theirs, mine, page, their_form, my_form = both_open(term)
    saved(theirs, page, their_form | {"seats-0-DELETE": "on"})

    answer = mine.post(page, my_form | {"seats-TOTAL_FORMS": forged, "seats-INITIAL_FORMS": forged, "term_no": "x"})

    assert answer.status_code == 200
    assert rows() == [("农爱民", "")]
