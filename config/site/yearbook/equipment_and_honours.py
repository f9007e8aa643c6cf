"""R8 venue and equipment, R9 honours, R10 the education point and its bookroom."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branches.exports import equipment_columns, equipment_until, numbered, venue_columns, venues_on
from config.kit.excel import Block, Worksheet
from honours.awards.exports import honour_columns, honour_rows, matrix_columns, public_honours, year_lines
from honours.bookroom.exports import book_columns, book_lines
from honours.education_point.exports import visit_columns, visit_months, visit_years


def equipment(year, scope, on):
    """R8."""
    heading = {"year": year, "day": on.isoformat()}
    yield Worksheet(
        name=_("R8 venues"),
        title=_("%(year)s venues") % heading,
        unit=_("m²"),
        blocks=[Block(venue_columns(), numbered(venues_on(on, scope.filters)), has_total=True)],
        summary=_("rooms, floor area, facilities, opening hours"),
    )
    yield Worksheet(
        name=_("R8 equipment"),
        title=_("%(year)s equipment register") % heading,
        unit=_("yuan"),
        blocks=[Block(equipment_columns(), numbered(equipment_until(on, scope.filters)), has_total=True)],
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
        blocks=[Block(honour_columns(), honour_rows(on, scope.filters), ref="R9.list")],
        notes=notes,
        summary=_("every honour with year, level, awarding body, winner"),
    )
    yield Worksheet(
        name=_("R9 years and levels"),
        title=_("%(year)s honours by year and level") % heading,
        unit=pgettext("unit", "honours"),
        blocks=[Block(matrix_columns(), year_lines(on, scope.filters), has_total=True)],
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
                visit_columns(pgettext("report", "month"), "R10.visitors.this"),
                visit_months(year, on, filters),
                has_total=True,
            ),
            Block(
                visit_columns(pgettext("report", "year"), "R10.visitors.all"),
                visit_years(on, filters),
                heading=_("By year"),
                has_total=True,
            ),
        ],
        summary=_("groups and visitors by month and by year"),
    )
    yield Worksheet(
        name=_("R10 books"),
        title=_("%(year)s books of the bookroom") % heading,
        blocks=[Block(book_columns(), book_lines(on, filters), has_total=True)],
        notes=[
            _("Titles and copies in the catalogue on %(day)s.") % heading,
            _("Loans are not recorded; the column stays empty."),
        ],
        summary=_("titles and copies by class"),
    )


def count_equipment(year, scope, on):
    return venues_on(on, scope.filters).count() + equipment_until(on, scope.filters).count()


def count_honours(year, scope, on):
    return public_honours(None, on, scope.filters).count()


def count_visits(year, scope, on):
    return 12 + len(book_lines(on, scope.filters))
