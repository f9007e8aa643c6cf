"""The figures of honours, visits and books for the yearly reports."""

from django.db.models import Q

from honours.models import BookTitle, Honour, VisitGroup


def honours_between(first, last):
    """Public honours of persons awarded in a span."""
    honours = Honour.objects.public().filter(is_collective=False, awarded_on__lte=last)
    return honours.filter(awarded_on__gte=first) if first else honours


def visitors_between(first, last):
    """人次: visitors of the education point in a span."""
    visits = VisitGroup.objects.filter(day__lte=last)
    return (visits.filter(day__gte=first) if first else visits).visitors()


def _books(day):
    return BookTitle.objects.filter(Q(added_on=None) | Q(added_on__lte=day))


def book_titles(day):
    """种: titles in the catalogue on a day."""
    return _books(day)


def book_copies(day):
    """册: copies of all titles on a day."""
    return _books(day).copies_total()
