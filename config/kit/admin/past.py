"""The past versions of records that keep their history."""


def keeps_history(model):
    """Whether the records of a model keep their history; a record answers too."""
    return hasattr(model._meta, "simple_history_manager_attribute")


def history_of(record):
    """The past versions of a record, newest first; of a model, those of all its records."""
    return getattr(record, record._meta.simple_history_manager_attribute)
