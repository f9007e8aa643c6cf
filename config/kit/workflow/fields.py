"""Who did what to a record: one kind of field for every transition, written by actions and never by a form."""

from django.conf import settings
from django.db import models


def actor_field(verbose_name, *, optional=True):
    """The user who did something; empty until it is done, unless the record begins with it."""
    options = {"null": True, "blank": True} if optional else {}
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=verbose_name, **options
    )
