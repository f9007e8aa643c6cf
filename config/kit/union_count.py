"""How several tables are counted in one question to the database."""

from django.db.models import Count, Value


def count_together(querysets):
    """`{key: number of rows}` of `{key: queryset}`, whatever their models, in one query."""
    rows = [
        queryset.order_by()
        .annotate(key=Value(key))
        .values("key")
        .annotate(number=Count("pk"))
        .values_list("key", "number")
        for key, queryset in querysets.items()
    ]
    if not rows:
        return {}
    first, *others = rows
    # A table without rows has no group, so it is missing from the answer.
    return dict.fromkeys(querysets, 0) | dict(first.union(*others, all=True))
