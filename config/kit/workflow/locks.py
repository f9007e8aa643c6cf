"""How a record is held while something is done to it."""


def locked(record):
    """A record as it stands now; whoever acts on it at the same moment comes after. Within a transaction."""
    type(record)._base_manager.select_for_update().get(pk=record.pk)
    record.refresh_from_db()
    return record
