"""The current day of the demo community; every page, default, number and reminder counts from it."""

from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.db.models.signals import pre_save
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from branches.models import Organization
from config.kit import clock
from config.site.demo.people import OPENS, TODAY

# Whether this database holds the demo; None as long as it holds no organisation at all.
_is_demo = None


def moment():
    """Now; in the demo the same time of its own day, and its opening for who looks before it."""
    real = timezone.now()
    if not demo_is_loaded():
        return real
    here = timezone.localtime(real)
    return timezone.make_aware(datetime.combine(TODAY, max(here.time(), OPENS)))


def demo_is_loaded():
    """Asked once a process: the demo is refused over real records, and real records follow no demo."""
    global _is_demo
    if _is_demo is None:
        _is_demo = Organization.objects.order_by("id").values_list("is_demo", flat=True).first()
    return bool(_is_demo)


def forget():
    """Ask the database again: its records were replaced."""
    global _is_demo
    _is_demo = None


def install():
    """Make the clock of the project read from here, and let records of history follow it."""
    clock.read_from(moment)
    pre_create_historical_record.connect(_date_history, dispatch_uid="clock")
    pre_save.connect(_date_log_entry, sender=LogEntry, dispatch_uid="clock")


def _date_history(sender, instance, history_instance, **kwargs):
    if not hasattr(instance, "_history_date"):
        history_instance.history_date = clock.now()


def _date_log_entry(sender, instance, **kwargs):
    if instance.pk is None:
        instance.action_time = clock.now()
