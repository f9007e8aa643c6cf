"""The past versions of records that keep their history: the newest, what one changed, and a record put back from one."""

from django.db.models import Max


def keeps_history(model):
    """Whether the records of a model keep their history; a record answers too."""
    return hasattr(model._meta, "simple_history_manager_attribute")


def history_of(record):
    """The past versions of a record, newest first; of a model, those of all its records."""
    return getattr(record, record._meta.simple_history_manager_attribute)


def key_in(version):
    """The key of the record of which this is a version."""
    return getattr(version, version.instance_type._meta.pk.attname)


def newest_of(model, keys):
    """`{key: newest version}` of records of a model, deleted ones too; one query."""
    pk = model._meta.pk.attname
    rows = history_of(model).filter(**{f"{pk}__in": list(keys)}).order_by()
    return dict(rows.values_list(pk).annotate(newest=Max("history_id")))


def stored_in(record, field):
    """What a record or a version of it holds in a field; the sorted keys where it links many."""
    if not field.many_to_many:
        return getattr(record, field.attname)
    linked = getattr(record, field.name).all()
    if isinstance(record, field.model):
        return sorted(row.pk for row in linked)
    return sorted(getattr(row, f"{field.m2m_reverse_field_name()}_id") for row in linked)


def changed_fields(before, after):
    """The fields a user can edit that differ between two versions of a record."""
    fields = [*after.tracked_fields, *after._history_m2m_fields]
    return [field for field in fields if field.editable and stored_in(before, field) != stored_in(after, field)]


def put_back(version):
    """Store a record that was deleted again, as a version has it; links to many are the caller's."""
    record = version.instance
    record.full_clean()
    record.save(force_insert=True)
    return record
