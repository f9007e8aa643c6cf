"""Which cases stand in their public notice, or stood in it: masked, with amount, days and how to object."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, ngettext

from config.kit import clock
from config.kit.dates import year_in, years_of
from fund.disclosure.wording import HELPED, asked_page
from fund.help.cases.models import PAID_STATES, REFUSED_STATES, AssistanceCase, CaseState
from members.privacy import mask_beneficiary, shown_name

PER_PAGE = 20
RUNNING, REVIEWED, OVER, PAID, REFUSED = "running", "reviewed", "over", "paid", "refused"
STATES = {
    RUNNING: gettext_lazy("notice is running"),
    REVIEWED: gettext_lazy("objected to, being looked at"),
    OVER: gettext_lazy("notice is over"),
    PAID: gettext_lazy("paid"),
    REFUSED: gettext_lazy("not paid"),
}
# The mark beside the word, by the component `state`.
MARKS = {RUNNING: "doing", REVIEWED: "late", OVER: "todo", PAID: "done", REFUSED: "void"}


@dataclass(frozen=True)
class NoticeLine:
    """One case as residents read it: `who` is masked, `amount` in yuan; nothing of the difficulty is in it."""

    number: str
    anchor: str
    who: str
    place: str
    kind: str
    amount: Decimal
    notice_from: date
    notice_to: date
    days: str
    is_emergency: bool
    state: str
    state_label: str
    mark: str
    paid_on: date | None
    object_address: str


@dataclass(frozen=True)
class NoticeList:
    """A page of notices and what the reader asked for; `running` counts those that can be objected to now."""

    page: object
    years: tuple
    states: tuple
    year: str
    state: str
    running: int
    phone: str
    hours: str
    box: str


def notice_state(case, *, today):
    if case.state in REFUSED_STATES:
        return REFUSED
    if case.state == CaseState.UNDER_REVIEW:
        return REVIEWED
    if case.notice_to >= today:
        return RUNNING
    return PAID if case.state in PAID_STATES else OVER


def line_of_notice(case, *, today):
    state = notice_state(case, today=today)
    count = case.pot.case_notice_days
    query = urlencode({"pot": case.pot.code, "case": case.case_no})
    return NoticeLine(
        number=case.case_no,
        anchor=f"case-{case.case_no}",
        who=shown_name(case.beneficiary, agreed=False, masked=mask_beneficiary),
        place=case.place,
        kind=str(HELPED.get(case.category, HELPED["other"])),
        amount=case.approved_amount,
        notice_from=case.notice_from,
        notice_to=case.notice_to,
        days=ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count},
        is_emergency=case.is_emergency,
        state=state,
        state_label=str(STATES[state]),
        mark=MARKS[state],
        paid_on=case.paid_on,
        object_address=f"{reverse('fund:ask')}?{query}" if state in (RUNNING, REVIEWED) else "",
    )


def _asked_for(rows, state, today):
    if state == REFUSED:
        return rows.filter(state__in=REFUSED_STATES)
    if state == REVIEWED:
        return rows.filter(state=CaseState.UNDER_REVIEW)
    rows = rows.exclude(state__in=(*REFUSED_STATES, CaseState.UNDER_REVIEW))
    if state == RUNNING:
        return rows.filter(notice_to__gte=today)
    rows = rows.filter(notice_to__lt=today)
    return rows.filter(state__in=PAID_STATES) if state == PAID else rows.exclude(state__in=PAID_STATES)


def case_notices(pot, query):
    """The notices of a pot that `query` (a GET dictionary) asks for by year and state, newest first."""
    today = clock.today()
    rows = (
        AssistanceCase.objects.filter(pot=pot, notice_from__isnull=False)
        .select_related("pot", "branch")
        .order_by("-notice_from", "-id")
    )
    years = tuple(years_of(rows, "notice_from"))
    running = _asked_for(rows, RUNNING, today).count()
    year, state = query.get("year", ""), query.get("state", "")
    year = year if year_in(year) else ""
    state = state if state in STATES else ""
    if year:
        rows = rows.filter(notice_from__year=int(year))
    if state:
        rows = _asked_for(rows, state, today)
    page = Paginator(rows, PER_PAGE).get_page(asked_page(query))
    page.object_list = [line_of_notice(case, today=today) for case in page.object_list]
    office = pot.organization
    return NoticeList(
        page=page,
        years=years,
        states=tuple((code, str(word)) for code, word in STATES.items()),
        year=year,
        state=state,
        running=running,
        phone=office.supervision_phone,
        hours=office.office_hours,
        box=office.suggestion_box,
    )
