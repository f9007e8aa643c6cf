"""What is new on the board, for readers of feeds: statements, corrections, cases in their notice, answers."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.kit.money import yuan
from fund.board.public import pot_of
from fund.disclosure.notices.public import case_notices
from fund.disclosure.questions.public import newest_questions
from fund.disclosure.statements.listing import chain_of

NEWEST = 20


@dataclass(frozen=True)
class News:
    """One entry of the feed: what residents can read on its page already."""

    guid: str
    day: date
    title: str
    text: str
    address: str


def _of_statement(line):
    name = f"{line.label} {line.office_number}"
    if line.corrects:
        name = _("%(statement)s, corrects %(number)s") % {"statement": name, "number": line.corrects}
    sums = {
        "opening": yuan(line.opening),
        "income": yuan(line.income),
        "spending": yuan(line.spending),
        "closing": yuan(line.closing),
        "code": line.code,
    }
    return News(
        guid=f"urn:yure:statement:{line.number}:{line.code}",
        day=line.published_on,
        title=name,
        text=_(
            "Opening %(opening)s, income %(income)s, spending %(spending)s, closing %(closing)s yuan. "
            "Check code %(code)s."
        )
        % sums,
        address=line.address,
    )


def _notices(pot):
    """Cases in their notice without the masked name, because readers of feeds keep what they once took."""
    address = f"{reverse('fund:notices')}?{urlencode({'pot': pot.code})}"
    return [
        News(
            guid=f"urn:yure:notice:{pot.code}:{line.number}",
            day=line.notice_from,
            title=_("Case %(number)s in its notice: %(kind)s") % {"number": line.number, "kind": line.kind},
            text=_("%(amount)s yuan; objections until %(day)s.")
            % {"amount": yuan(line.amount), "day": date_format(line.notice_to, "DATE_FORMAT")},
            address=f"{address}#{line.anchor}",
        )
        for line in case_notices(pot, {}).page
    ]


def _answers(pot):
    return [
        News(
            guid=f"urn:yure:answer:{pot.code}:{question.anchor}",
            day=question.answered_on,
            title=_("Answer to %(number)s: %(question)s") % {"number": question.number, "question": question.text},
            text=question.answer,
            address=question.address,
        )
        for question in newest_questions(pot, count=NEWEST)
        if question.answered_on and question.answer
    ]


class StatementFeed(Feed):
    """Atom in the language of its address, with nothing that is not on public pages."""

    feed_type = Atom1Feed

    def get_object(self, request):
        return pot_of(request.GET.get("pot", ""))

    def title(self, pot):
        return _("%(pot)s: statements") % {"pot": pot.name} if pot else _("Fund board")

    def subtitle(self, pot):
        return _("Statements, corrections, cases in their notice and answers to questions, newest first.")

    def link(self, pot):
        return reverse("fund:board") + (f"?pot={pot.code}" if pot else "")

    def items(self, pot):
        if not pot:
            return []
        news = [*map(_of_statement, chain_of(pot)[:NEWEST]), *_notices(pot), *_answers(pot)]
        return sorted(news, key=lambda item: (item.day, item.guid), reverse=True)[:NEWEST]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.text

    def item_link(self, item):
        return item.address

    def item_guid(self, item):
        return item.guid

    def item_pubdate(self, item):
        return timezone.make_aware(datetime.combine(item.day, time()))

    item_updateddate = item_pubdate


statements = require_safe(StatementFeed())
