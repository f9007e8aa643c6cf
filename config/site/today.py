"""What waits for this person today, and what can be done about it in one step."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities import tasks as activities_tasks
from branches import tasks as branches_tasks
from config.kit import clock
from config.kit.admin.drafts import drafts_of
from config.kit.tasks import in_order
from config.kit.ui import called
from fund import tasks as fund_tasks
from fund.handed_on import handed_on
from fund.models import Pot
from honours.awards import tasks as honours_tasks
from members.access.rights import reads_whole_records
from members.models import Member

# Modules with `tasks_for(user, today=day)`, which returns a list of `config.kit.tasks.Task`.
SOURCES = [branches_tasks, activities_tasks, fund_tasks, honours_tasks]

# What a person may note down at once: the words, the admin page, the right it takes.
QUICK_ADDS = [
    (gettext_lazy("An activity"), "activities_activity_add", "activities.add_activity"),
    (gettext_lazy("A small wish"), "activities_miniwish_add", "activities.add_miniwish"),
    (gettext_lazy("A donation"), "fund_donation_add", "fund.add_donation"),
    (gettext_lazy("An assistance case"), "fund_assistancecase_add", "fund.add_assistancecase"),
    (gettext_lazy("A statement"), "fund_statement_add", "fund.add_statement"),
    (gettext_lazy("A volunteer"), "activities_volunteer_add", "activities.add_volunteer"),
    (gettext_lazy("A visit to the education point"), "honours_visitgroup_add", "honours.add_visitgroup"),
    (gettext_lazy("A book"), "honours_booktitle_add", "honours.add_booktitle"),
    (gettext_lazy("An honour"), "honours_honour_add", "honours.add_honour"),
    (gettext_lazy("A Party member"), "members_member_add", "members.add_member"),
]


@dataclass(frozen=True)
class FigureLine:
    """One figure of the user's own place, with the list it rests on."""

    label: str
    value: object
    unit: str
    address: str = ""
    link: str = ""
    note: str = ""


def today_page(request):
    """Context of the admin's first page."""
    user, today = request.user, clock.today()
    return {
        "today": today,
        "greeting": called(user),
        "tasks": in_order(task for source in SOURCES for task in source.tasks_for(user, today=today)),
        "drafts": drafts_of(user),
        "handed_on": handed_on(user),
        "quick_adds": quick_adds(user),
        "figures": own_figures(user, today),
    }


def quick_adds(user):
    """Words and addresses of the forms this person may fill in."""
    return [(words, reverse(f"admin:{name}")) for words, name, right in QUICK_ADDS if user.has_perm(right)]


def own_figures(user, today):
    """What the user's own branches count today, and what the fund of the place holds."""
    figures = []
    if user.has_perm("members.view_member"):
        roll = Member.objects.visible_to(user).on_roll()
        roster = reverse("admin:members_member_changelist")
        month = date_format(today, "F")
        # The month of joining is masked for whoever sees the roster masked.
        reads = reads_whole_records(user)
        figures = [
            FigureLine(_("Members on the roll"), roll.count(), _("persons"), roster, _("See the roster")),
            FigureLine(
                _("Political birthdays in %(month)s") % {"month": month},
                roll.filter(joined_on__month=today.month).count(),
                _("persons"),
                f"{roster}?joined_on__month={today.month}" if reads else "",
                _("See who") if reads else "",
            ),
        ]
    return [*figures, *own_fund(user)]


def own_fund(user):
    """What the first mutual-aid fund of the user's own place holds (yuan), as residents read it too; two queries."""
    pot = Pot.objects.visible_to(user).filter(kind=Pot.Kind.MUTUAL_AID).order_by("id").first()
    if pot is None:
        return []
    address = f"{reverse('fund:board')}?{urlencode({'pot': pot.code})}"
    return [FigureLine(pot.name, pot.balance(), _("yuan"), address, _("See the fund board"))]
