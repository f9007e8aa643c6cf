"""R8 venue and equipment, R9 honours, R10 the education point and its bookroom."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches import exports as branch_exports
from config.kit.excel import Block, Worksheet
from honours.awards import exports as award_exports
from honours.bookroom import exports as book_exports
from honours.education_point import exports as point_exports


def equipment(year, scope, on):
    """R8."""
    heading = {"year": year, "day": on.isoformat()}
    numbered = branch_exports.numbered
    yield Worksheet(
        name=_("R8 venues"),
        title=_("%(year)s venues") % heading,
        unit=_("m²"),
        blocks=[
            Block(
                branch_exports.venue_columns(),
                numbered(branch_exports.venues_on(on, scope.filters)),
                total_label=_("total"),
            )
        ],
        summary=_("rooms, floor area, facilities, opening hours"),
    )
    yield Worksheet(
        name=_("R8 equipment"),
        title=_("%(year)s equipment register") % heading,
        unit=_("yuan"),
        blocks=[
            Block(
                branch_exports.equipment_columns(),
                numbered(branch_exports.equipment_until(on, scope.filters)),
                total_label=_("total"),
            )
        ],
        notes=[_("Everything bought by %(day)s, scrapped pieces too; the state is that of today.") % heading],
        summary=_("every piece with quantity, unit price, amount, keeper, state"),
    )


def honours(year, scope, on):
    """R9: the list, and the matrix of years and levels."""
    heading = {"year": year, "day": on.isoformat()}
    notes = [_("Public honours up to %(day)s; what waits for checking or consent is left out.") % heading]
    if scope.is_branch_only:
        notes.append(_("Honours of the branch's own members; those of the organisation stand in its own workbook."))
    yield Worksheet(
        name=_("R9 honours"),
        title=_("%(year)s honours") % heading,
        blocks=[Block(award_exports.honour_columns(), award_exports.honour_rows(on, scope.filters), ref="R9.list")],
        notes=notes,
        summary=_("every honour with year, level, awarding body, winner"),
    )
    yield Worksheet(
        name=_("R9 years and levels"),
        title=_("%(year)s honours by year and level") % heading,
        unit=pgettext("unit", "honours"),
        blocks=[
            Block(award_exports.matrix_columns(), award_exports.year_lines(on, scope.filters), total_label=_("total"))
        ],
        summary=_("honours by year and level, those of persons and of collectives"),
    )


def education_point(year, scope, on):
    """R10."""
    heading = {"year": year, "day": on.isoformat()}
    filters = scope.filters
    yield Worksheet(
        name=_("R10 visits"),
        title=_("%(year)s visits to the education point") % heading,
        unit=_("person-times"),
        blocks=[
            Block(
                point_exports.visit_columns(pgettext("report", "month"), "R10.visitors.this"),
                point_exports.visit_months(year, on, filters),
                total_label=_("total"),
            ),
            Block(
                point_exports.visit_columns(pgettext("report", "year"), "R10.visitors.all"),
                point_exports.visit_years(on, filters),
                heading=_("By year"),
                total_label=_("total"),
            ),
        ],
        summary=_("groups and visitors by month and by year"),
    )
    yield Worksheet(
        name=_("R10 books"),
        title=_("%(year)s books of the bookroom") % heading,
        blocks=[Block(book_exports.book_columns(), book_exports.book_lines(on, filters), total_label=_("total"))],
        notes=[
            _("Titles and copies in the catalogue on %(day)s.") % heading,
            _("Loans are not recorded; the column stays empty."),
        ],
        summary=_("titles and copies by class"),
    )


def count_equipment(year, scope, on):
    return (
        branch_exports.venues_on(on, scope.filters).count() + branch_exports.equipment_until(on, scope.filters).count()
    )


def count_honours(year, scope, on):
    return award_exports.public_honours(None, on, scope.filters).count()


def count_visits(year, scope, on):
    return 12 + len(book_exports.book_lines(on, scope.filters))
