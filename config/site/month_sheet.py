"""This month on one sheet for the wall of the office: events, regular days, meetings due, birthdays, terms that end."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.events.paragraphs import month_paragraph
from activities.events.regular_days import study_day, volunteer_day
from activities.meetings.due import meetings_owed
from activities.models import Activity
from branches.assignments import current_assignment
from branches.calendar import WorkingCalendar
from branches.models import Branch, Organization
from branches.tasks import terms_to_renew
from config.kit import clock
from config.kit.dates import day_in, month_end, month_start, whole_years
from config.kit.downloads import download
from config.kit.word import word_file
from members.access.rights import reads_whole_records
from members.models import Member

_A_DAY, _A_MONTH = timedelta(days=1), timedelta(days=31)


@dataclass(frozen=True)
class RegularDayLine:
    """A day that comes every month: that of the event on the calendar, or when it would be where none stands there."""

    label: str
    day: date
    is_planned: bool


@require_safe
def month_page(request, site):
    """The month asked for by `?month=2018-11`, else the present one, of the places this user works in."""
    if not request.user.has_perm("activities.view_activity"):
        raise PermissionDenied
    first = _asked_month(request)
    context = {
        **site.each_context(request),
        "title": _("%(month)s on one sheet") % {"month": date_format(first, "YEAR_MONTH_FORMAT")},
    }
    return TemplateResponse(request, "admin/month.html", context | sheet_of(request.user, first))


@require_safe
def month_word(request, site):
    """The ready paragraph of a month (`?month=2018-11`) as a Word file, of the places this user works in."""
    if not request.user.has_perm("activities.view_activity"):
        raise PermissionDenied
    first = _asked_month(request)
    sheet = sheet_of(request.user, first)
    if not sheet["paragraph"]:
        raise Http404
    heading = _("%(place)s: activities of %(month)s") % {
        "place": sheet["place"],
        "month": date_format(first, "YEAR_MONTH_FORMAT"),
    }
    file = word_file(heading, [sheet["paragraph"]], author=str(sheet["place"]))
    return download(file, f"activities-{first:%Y-%m}.docx")


def _asked_month(request):
    return day_in(f"{request.GET.get('month', '')}-01") or month_start(clock.today())


def sheet_of(user, first):
    """Everything of the sheet, for the month that begins on `first`."""
    last = month_end(first)
    post = current_assignment(user)
    place = _place_of(post)
    events = list(
        Activity.objects.visible_to(user)
        .filter(day__range=(first, last))
        .select_related("branch")
        .order_by("day", "starts_at", "pk")
    )
    shown = (post and post.branch) or place
    return {
        "first": first,
        "month": f"{first:%Y-%m}",
        "place": shown,
        "paragraph": month_paragraph(events, first, shown),
        "before": first - _A_DAY,
        "after": last + _A_DAY,
        "events": events,
        "regular_days": _regular_days(place, events, first),
        "meetings_due": _meetings_due(user, first),
        **_birthdays(user, first),
        "terms": _terms_ending(user, first),
    }


def _place_of(post):
    """The organisation of a post; the first community for who has none."""
    if post is not None:
        return post.branch.organization if post.branch else post.organization
    return Organization.objects.filter(kind=Organization.Kind.COMMUNITY).order_by("pk").first()


def _regular_days(place, events, first):
    """The volunteer day and the study day of an organisation."""
    if place is None:
        return []
    calendar = WorkingCalendar.read(first, month_end(first) + _A_MONTH)
    days = [
        volunteer_day(first.year, first.month, calendar=calendar, rule=place.volunteer_day_rule),
        study_day(first.year, first.month, calendar=calendar, of_month=place.study_day),
    ]
    planned = {event.kind: event.day for event in reversed(events) if event.state != Activity.State.CANCELLED}
    return [RegularDayLine(day.label, planned.get(day.kind, day.day), day.kind in planned) for day in days]


def _meetings_due(user, first):
    """Meetings of each branch in sight: committee and theme day every month, general meeting and lesson every quarter."""
    if not user.has_perm("activities.change_activity"):
        return []
    return meetings_owed(Branch.objects.visible_to(user).order_by("pk"), first)


def _birthdays(user, first):
    """Members with a birthday and with a day of joining in the month; of those alone who may read whole records."""
    if not reads_whole_records(user):
        return {}
    roll = Member.objects.visible_to(user).on_roll()
    born = roll.filter(birth_date__month=first.month).order_by("birth_date__day", "sort_name")
    joined = roll.filter(joined_on__month=first.month).order_by("joined_on__day", "sort_name")
    on = month_end(first)
    return {
        "born": [(member.name, member.birth_date, whole_years(member.birth_date, on)) for member in born],
        "joined": [
            (member.name, member.joined_on if member.joined_day_known else None, whole_years(member.joined_on, on))
            for member in joined
        ],
    }


def _terms_ending(user, first):
    if not user.has_perm("branches.view_committeeterm"):
        return []
    return list(terms_to_renew(user, first))
