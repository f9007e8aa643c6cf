"""Builds the demo community in an empty database."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from branches.models import Organization
from config.site.demo import clock
from config.site.demo.community import build_committees, build_community
from config.site.demo.honour import build_honours
from config.site.demo.money import DemoLedger
from config.site.demo.office_records import store_office_records
from config.site.demo.programme import build_programme
from config.site.demo.roster import IN_A, build_roster, role_model_of


def refuse_over_real_records():
    """Demo data never mixes with an office's own records."""
    if Organization.objects.filter(is_demo=True).exists():
        raise ValidationError(_("The demo community is loaded already."), code="demo_loaded")
    if Organization.objects.exists():
        raise ValidationError(
            _("This database holds records of an office. Load the demo into an empty one."), code="real_records"
        )


def load_demo(password):
    """Build the whole community, or nothing; ValidationError where the database is not empty."""
    try:
        with transaction.atomic():
            _build(password)
    finally:
        clock.forget()


def _build(password):
    refuse_over_real_records()
    community = build_community(password)
    members, names = build_roster(community)
    build_committees(community.branch_a, members[0:5])
    build_committees(community.branch_b, members[IN_A : IN_A + 5])
    build_programme(community, names, members)
    build_honours(community, role_model_of(members))
    ledger = DemoLedger(community, members, names)
    ledger.build()
    store_office_records(ledger)
