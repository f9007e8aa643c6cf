"""What waits at the fund's desk beside the paths of records: gifts to count, questions, missing allowance months."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.kit.tasks import Task
from fund.bookkeeping.models import BankLine, CashCount
from fund.disclosure.notices.queries import postings_due
from fund.disclosure.questions.models import Question
from fund.donations.models import Collection, Donation
from fund.help.allowances.actions import missing_months_of
from fund.help.allowances.models import AllowanceRule

AT_MOST = 10


def desk_tasks(user, today):
    return [
        *questions_to_answer(user, today),
        *gifts_to_count(user, today),
        *allowance_to_prepare(user, today),
        *checks_to_finish(user, today),
        *postings_due(user, today),
    ]


def questions_to_answer(user, today):
    """Questions and objections without an answer, by their due day, for whoever may answer them."""
    kinds = [
        kind
        for kind, right in (("question", "fund.answer_question"), ("objection", "fund.decide_question"))
        if user.has_perm(right)
    ]
    rows = Question.objects.visible_to(user).waiting().filter(kind__in=kinds).order_by("due_on", "id")[:AT_MOST]
    return [
        Task(
            due=row.due_on,
            title=_("%(kind)s %(number)s") % {"kind": row.get_kind_display(), "number": row.office_number},
            sentence=str(row.get_state_display()),
            address=reverse("admin:fund_question_change", args=[row.pk]),
            button=_("Answer it"),
            today=today,
        )
        for row in rows
    ]


def gifts_to_count(user, today):
    """Collections and single gifts that somebody else took down and nobody has counted."""
    if not user.has_perm("fund.count_donation"):
        return []
    collections = Collection.objects.visible_to(user).filter(counted_by=None).exclude(registered_by=user)
    tasks = [
        Task(
            due=None,
            title=_("Collection of %(day)s") % {"day": row},
            sentence=_("Waits for counting by a second person."),
            address=reverse("admin:fund_collection_change", args=[row.pk]),
            button=_("Count it"),
            today=today,
        )
        for row in collections.order_by("id")[:AT_MOST]
    ]
    gifts = Donation.objects.visible_to(user).filter(entry=None, refusal="", collection=None)
    number = gifts.exclude(registered_by=user).count()
    if number:
        words = ngettext("%(count)s gift waits for counting", "%(count)s gifts wait for counting", number)
        tasks.append(
            Task(
                due=None,
                title=words % {"count": number},
                sentence=_("Somebody else took them down; count and give receipts."),
                address=f"{reverse('admin:fund_donation_changelist')}?step=waiting",
                button=_("Count them"),
                today=today,
            )
        )
    return tasks


def allowance_to_prepare(user, today):
    """Allowance rules with months that are due and have no list."""
    if not user.has_perm("fund.add_allowancerun"):
        return []
    tasks = []
    every = list(AllowanceRule.objects.visible_to(user).select_related("pot").order_by("pot_id", "id"))
    for rule, months in missing_months_of(every, today=today):
        if months and len(tasks) < AT_MOST:
            words = ngettext(
                "%(pot)s: the list of %(count)s month is missing",
                "%(pot)s: the lists of %(count)s months are missing",
                len(months),
            )
            tasks.append(
                Task(
                    due=months[0].replace(day=rule.full_month_day),
                    title=words % {"pot": rule.pot.name, "count": len(months)},
                    sentence=_("The oldest is %(month)s.") % {"month": f"{months[0]:%Y-%m}"},
                    address=reverse("admin:fund_allowancerule_change", args=[rule.pk]),
                    button=_("Make the list"),
                    today=today,
                )
            )
    return tasks


def checks_to_finish(user, today):
    """Cash counted by one person only, and lines of the bank without an entry."""
    tasks = []
    if user.has_perm("fund.confirm_cashcount"):
        counts = CashCount.objects.visible_to(user).filter(second_by=None).exclude(first_by=user)
        tasks += [
            Task(
                due=None,
                title=_("Cash count of %(day)s") % {"day": row},
                sentence=_("Waits for the second person."),
                address=reverse("admin:fund_cashcount_change", args=[row.pk]),
                button=_("Count too"),
                today=today,
            )
            for row in counts.order_by("id")[:AT_MOST]
        ]
    if user.has_perm("fund.match_bankstatement"):
        open_lines = (
            BankLine.objects.visible_to(user)
            .filter(entry=None)
            .order_by()
            .values("statement")
            .annotate(number=Count("id"), first=Min("day"))
        )
        for row in open_lines.order_by("first")[:AT_MOST]:
            words = ngettext(
                "%(count)s line of the bank has no entry", "%(count)s lines of the bank have no entry", row["number"]
            )
            tasks.append(
                Task(
                    due=None,
                    title=words % {"count": row["number"]},
                    sentence=_("Find the entry, or book what is missing."),
                    address=reverse("admin:fund_bankstatement_change", args=[row["statement"]]),
                    button=_("Look at them"),
                    today=today,
                )
            )
    return tasks
