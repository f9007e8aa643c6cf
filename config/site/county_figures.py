"""What a placeholder of a county form can stand for: figures and lists, and how a form is filled with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.events import exports as event_exports
from activities.volunteers import exports as volunteer_exports
from branches import exports as branch_exports
from config.kit.excel import Column
from config.kit.excel_cells import Cells
from config.kit.form_filling.filling import FormValues, fill
from config.kit.form_filling.template import Words, open_template
from config.site.programme import INDICATORS, STOCK, measured
from config.site.yearbook import REPORTS, report_day, reports_for, scope_of
from fund.help import exports as help
from fund.ledger import sums
from fund.models import Pot
from honours.awards import exports as award_exports
from honours.bookroom import exports as book_exports
from honours.education_point import exports as point_exports
from members.access.actions import log_export
from members.roster import exports as member_exports


@dataclass(frozen=True)
class Offered:
    """A list that a form may repeat rows for: the report it comes from, and the keys of the columns it may take."""

    report: str
    words: object
    fields: str
    columns: Callable
    rows: Callable

    def named(self, on):
        """`{field: (words, how its value is read)}`."""
        by_key = {column.key: column for column in self.columns(on)}
        return {name: (by_key[name].title, by_key[name].value) for name in self.fields.split()}


def _help_lines(year, scope, on):
    return help.help_lines(year, on, pots=scope.pots_of(Pot.Kind.MUTUAL_AID), filters=scope.filters)


def _pot_lines(year, scope, on):
    lines = []
    for pot in scope.pots:
        opening = sums.balance_on(date(year - 1, 12, 31), pots=[pot])
        span = {"first": date(year, 1, 1), "last": on, "pots": [pot]}
        income, spending = sums.income_between(**span), sums.spending_between(**span)
        closing = opening + income - spending
        lines.append({"pot": pot.name, "opening": opening, "income": income, "spending": spending, "closing": closing})
    return lines


def _pot_columns(on):
    titles = {
        "pot": _("pot"), "opening": _("opening balance"), "income": _("income"), "spending": _("spending"),
        "closing": _("closing balance"),
    }  # fmt: skip
    return [Column(title, itemgetter(key), key=key) for key, title in titles.items()]


LISTS = {
    "branches": Offered(
        "R1", gettext_lazy("the roster by branch"),
        "branch members men women minorities under_60 age_60 age_70 age_80 age_90 standing_under_30 standing_30"
        " standing_40 standing_50 university college secondary lower lixiu tuixiu",
        lambda on: member_exports.structure_columns(on=on),
        lambda year, scope, on: member_exports.structure_lines(on=on, filters=scope.filters),
    ),
    "committees": Offered(
        "R2", gettext_lazy("committees in office"),
        "no branch term secretary deputy members elected_on ends_on in_time",
        lambda on: branch_exports.term_columns(),
        lambda year, scope, on: branch_exports.term_lines(date(year, 1, 1), on, scope.filters),
    ),
    "months": Offered(
        "R3", gettext_lazy("activities by month (events)"),
        "month general_meeting committee_meeting group_meeting party_lesson theme_day study_day volunteer_day"
        " performance others events attendances",
        lambda on: event_exports.event_columns(),
        lambda year, scope, on: event_exports.month_lines(year, on, scope.filters),
    ),
    "volunteers_by_kind": Offered(
        "R4", gettext_lazy("volunteers by kind"), "kind registered new events services hours",
        lambda on: volunteer_exports.volunteer_columns(),
        lambda year, scope, on: volunteer_exports.volunteer_lines(year, on, scope.filters),
    ),
    "pots": Offered(
        "R5", gettext_lazy("accounts of the pots"), "pot opening income spending closing", _pot_columns, _pot_lines,
    ),
    "help": Offered(
        "R6", gettext_lazy("help given, names masked"), "no who branch category occasion amount paid_on",
        lambda on: help.masked_columns(), _help_lines,
    ),
    "equipment": Offered(
        "R8", gettext_lazy("equipment register"),
        "no asset_no name model unit quantity price amount bought_on funding place keeper state",
        lambda on: branch_exports.equipment_columns(),
        lambda year, scope, on: branch_exports.numbered(branch_exports.equipment_until(on, scope.filters)),
    ),
    "honours": Offered(
        "R9", gettext_lazy("all honours up to the day"), "no year level title awarded_by winner kind awarded_in",
        lambda on: award_exports.honour_columns(),
        lambda year, scope, on: award_exports.honour_rows(on, scope.filters),
    ),
    "honours_of_year": Offered(
        "R9", gettext_lazy("honours of the year"), "no year level title awarded_by winner kind awarded_in",
        lambda on: award_exports.honour_columns(),
        lambda year, scope, on: enumerate(
            (row for _no, row in award_exports.honour_rows(on, scope.filters) if row.awarded_on.year == year), 1
        ),
    ),
    "visits": Offered(
        "R10", gettext_lazy("visits of the education point by month"),
        "month groups pupils members cadres residents visitors",
        lambda on: point_exports.visit_columns(_("month"), ""),
        lambda year, scope, on: point_exports.visit_months(year, on, scope.filters),
    ),
    "books": Offered(
        "R10", gettext_lazy("books by class"), "class titles copies",
        lambda on: book_exports.book_columns(),
        lambda year, scope, on: book_exports.book_lines(on, scope.filters),
    ),
}  # fmt: skip
LAST_YEAR, SINCE_START = ".last_year", ".since_start"


def words(on):
    """Everything a form may name, with its words."""
    figures = {
        "year": _("the year of the form"),
        "unit": _("reporting unit"),
        "place": _("short name of the reporting unit"),
        "phone": _("phone of the reporting unit"),
        "date": _("day of filling in"),
    }
    for line in INDICATORS:
        label = {"name": line.name, "unit": line.unit}
        figures[line.key] = _("%(name)s (%(unit)s)") % label
        figures[line.key + LAST_YEAR] = _("%(name)s (%(unit)s), the year before") % label
        if line.span != STOCK:
            figures[line.key + SINCE_START] = _("%(name)s (%(unit)s), since the start") % label
    lists = {
        key: (str(offered.words), {name: title for name, (title, _read) in offered.named(on).items()})
        for key, offered in LISTS.items()
    }
    return Words(figures, lists)


def facts(year, scope, names, keys):
    """The figures `names` and the lists `keys` of a year within a scope."""
    on = report_day(year)
    figures = {"year": year, "unit": scope.unit, "place": scope.place, "phone": scope.phone, "date": on}
    spans = {
        "": (lambda line: None if line.span == STOCK else date(year, 1, 1), on),
        LAST_YEAR: (lambda line: None if line.span == STOCK else date(year - 1, 1, 1), date(year - 1, 12, 31)),
        SINCE_START: (lambda line: None, on),
    }
    for tail, (first_of, last) in spans.items():
        wanted = {line.key for line in INDICATORS if line.key + tail in names}
        numbers = measured(first_of, last, pots=scope.pots, filters=scope.filters, keys=wanted) if wanted else {}
        figures |= {key + tail: number for key, number in numbers.items()}
    lists = {}
    for key in keys:
        fields = LISTS[key].named(on)
        lists[key] = [
            {name: Cells.plain(read(record)) for name, (_title, read) in fields.items()}
            for record in LISTS[key].rows(year, scope, on)
        ]
    return FormValues(figures, lists)


def lists_of(template):
    return {block.key for blocks in template.blocks.values() for block in blocks}


def refuse_foreign_lists(keys, scope, user):
    """A form cannot tell more than the reports this person may make."""
    mine = {report.code for report in reports_for(scope, user=user)}
    for key in keys:
        if LISTS[key].report not in mine:
            raise ValidationError(
                _("The form asks for “%(list)s”, which belongs to %(report)s; that report is not yours to make."),
                code="not_yours",
                params={"list": LISTS[key].words, "report": f"{LISTS[key].report} {REPORTS[LISTS[key].report].title}"},
            )


def filled(form, year, *, user, branch=None):
    """The bytes of a form filled for a year and the scope of a user; written into the access log."""
    with translation.override(settings.LANGUAGE_CODE):
        scope, known = scope_of(branch, user=user), words(report_day(year))
        template = open_template(form.name, bytes(form.content), known)
        keys = lists_of(template)
        refuse_foreign_lists(keys, scope, user)
        names = {spot.name for spot in template.spots} | set(form.mapping.values())
        content = fill(template, known, facts(year, scope, names, keys), form.mapping)
        log_export(by=user, what=_("form %(form)s %(year)s, %(unit)s") % {"form": form.name, "year": year, "unit": scope.unit})  # fmt: skip
    return content
