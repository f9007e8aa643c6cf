"""The help page of the office: questions people ask at the desk, each with its answer and the page it happens on."""

from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe


@dataclass(frozen=True)
class Topic:
    """One question; `page` is the admin page it happens on, `right` what it takes to open that page."""

    slug: str
    question: Promise
    answer: Promise
    page: str = ""
    right: str = ""


TOPICS = [
    Topic(
        "find",
        gettext_lazy("How do I find somebody or something?"),
        gettext_lazy(
            "Type into the box on top of every page: initials (lxz), pinyin, part of a name, the last four of an ID or phone "
            "number, the number of a receipt, case, wish or statement, or the name of a page. Enter opens the one hit. "
            "The key / jumps into the box."
        ),
    ),
    Topic(
        "member",
        gettext_lazy("How do I add one member, or a whole roster?"),
        gettext_lazy(
            "One member: open the list of members and press the button that adds one. A whole roster: press the button that "
            "imports, and choose the Excel file. Every row is shown with what would happen before anything is stored, and an "
            "import can be taken back."
        ),
        "members_member_changelist",
        "members.view_member",
    ),
    Topic(
        "private",
        gettext_lazy("Why do I see only parts of an ID or phone number?"),
        gettext_lazy(
            "They are masked everywhere. Whoever may see them presses the button for private data in full on the member's page "
            "and writes why; name, time and reason are kept."
        ),
    ),
    Topic(
        "wish",
        gettext_lazy("Somebody rings with a small wish. What do I do?"),
        gettext_lazy(
            "Press “A small wish” on the today page. Write the wish as residents shall read it, without a name; who wishes "
            "stands in a field of its own that is never public."
        ),
        "activities_miniwish_changelist",
        "activities.view_miniwish",
    ),
    Topic(
        "gift",
        gettext_lazy("How is a gift taken in?"),
        gettext_lazy(
            "One person registers it, another counts the money and books it; then it has a receipt number. On a collection "
            "day all gifts are typed into one list, and the second person types the sum without seeing the first."
        ),
        "fund_donation_changelist",
        "fund.view_donation",
    ),
    Topic(
        "receipt",
        gettext_lazy("How do I print a receipt again?"),
        gettext_lazy("Type its number into the box on top and press Enter. The button for the receipt stands on the gift's page."),
    ),
    Topic(
        "case",
        gettext_lazy("How does an assistance case go?"),
        gettext_lazy(
            "Application, branch review, check, public notice, approval, payment, receipt, file. The "
            "path on top of a case shows where it is and who comes next. Nobody does two of propose, approve and pay."
        ),
        "fund_assistancecase_changelist",
        "fund.view_assistancecase",
    ),
    Topic(
        "lost",
        gettext_lazy("I closed the page, or changed or deleted the wrong thing. What now?"),
        gettext_lazy(
            "What was typed and not saved is kept: open the form again and press the button to go on with it. For ten minutes the "
            "page of a record offers to take back your last change. What was deleted stands in the recycle bin for 30 days. "
            "Money is taken back by a red entry alone."
        ),
        "trash",
    ),
    Topic(
        "mistake",
        gettext_lazy("An amount in the ledger is wrong. What now?"),
        gettext_lazy(
            "Nothing in the ledger is changed or deleted. Open the entry and reverse it: a red entry takes it back. Then book "
            "it again as it should be. Both stay readable for everybody."
        ),
        "fund_entry_changelist",
        "fund.view_entry",
    ),
    Topic(
        "statement",
        gettext_lazy("How is a statement published?"),
        gettext_lazy(
            "The fund keeper draws it up, two others review it, the street publishes it. Then print it for the wall: the "
            "check code on it lets anybody see that paper and web page are the same."
        ),
        "fund_statement_changelist",
        "fund.view_statement",
    ),
    Topic(
        "print",
        gettext_lazy("Where do I print rosters, cards and sheets?"),
        gettext_lazy("Everything that can be printed stands under “Office paper”; what belongs to one record has a button there too."),
        "papers",
    ),
    Topic(
        "figure",
        gettext_lazy("The county asks where a figure comes from. What do I say?"),
        gettext_lazy(
            "Open “Where the figures come from”, click the number, and you see the records it is made of. The list can be saved "
            "as an Excel file."
        ),
        "figures",
    ),
    Topic(
        "large",
        gettext_lazy("The letters are too small."),
        gettext_lazy("Press “Large type” on top of the page. It stays so on this computer until you press it again."),
    ),
]  # fmt: skip


@require_safe
def help_page(request, site):
    """All questions with their answers; links only to pages this user may open."""
    topics = [
        (topic, reverse(f"admin:{topic.page}") if topic.page and _may_open(request.user, topic) else "")
        for topic in TOPICS
    ]
    context = {**site.each_context(request), "title": _("Help"), "topics": topics}
    return TemplateResponse(request, "admin/help.html", context)


def _may_open(user, topic):
    return not topic.right or user.has_perm(topic.right)
