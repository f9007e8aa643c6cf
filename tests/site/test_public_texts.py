"""Every free text that a public page shows is guarded: a new field that goes public without a guard fails here."""

from itertools import count

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast, Concat

from config.kit.crypto import EncryptedTextField
from config.kit.public_text import PublicText
from fund.models import Pot
from tests.fund.lifted_triggers import lifted
from tests.site.crawling import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

APPS = ("branches", "members", "activities", "fund", "honours")
# What is public and no free text: numbers of papers and phones of offices, each with a form of its own.
NO_FREE_TEXT = {
    "activities.miniwish.code",
    "branches.branch.office_phone",
    "branches.organization.supervision_phone",
    "branches.venue.office_phone",
    "fund.account.code",
    "fund.assistancecase.case_no",
    "fund.pot.code",
    "fund.statement.digest",
    "fund.statement.number",
    "fund.statement.short_code",
    "fund.statementname.masked",
    "fund.statementname.masked_salt",
    "fund.statementname.name_salt",
    "honours.booktitle.book_no",
    "honours.educationpoint.office_phone",
}
NOT_WORDS = {"document", "state"}


def free_texts():
    for model in apps.get_models():
        if model._meta.app_label not in APPS or model.__name__.startswith("Historical"):
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, (CharField, TextField)) and not isinstance(field, EncryptedTextField)
            if is_text and not field.choices and field.name not in NOT_WORDS:
                yield model, field


def mark_everything():
    """Put into each field a mark of its own; returns `{mark: field}`."""
    marks, numbers = {}, count(100)
    with lifted(connection):
        for model, field in free_texts():
            mark = f"Zq{next(numbers)}w"
            # With the key behind it, because some of these are unique.
            value = Concat(Value(mark), Cast("pk", CharField()))
            model._base_manager.exclude(**{field.name: ""}).exclude(**{f"{field.name}__isnull": True}).update(
                **{field.name: value}
            )
            marks[mark] = field
    return marks


def test_every_free_text_on_a_public_page_is_guarded(client, demo):
    marks, shown = mark_everything(), set()

    def visit(address, response, content, queries):
        text = content.decode(errors="ignore")
        shown.update(mark for mark in marks if mark in text)

    # The nearest pages first, so that each kind of page is among them.
    crawl(client, visit, most=200)
    for pot in Pot.objects.all():
        lines = client.get("/fund/lines/", {"pot": pot.code})
        visit("/fund/lines/", lines, lines.content, 0)

    fields = {str(marks[mark]).lower(): marks[mark] for mark in shown}
    unguarded = {name for name, field in fields.items() if not isinstance(field, PublicText)}
    assert unguarded - NO_FREE_TEXT == set()
    assert {"activities.activity.summary", "fund.entry.summary", "honours.rolemodel.profile"} <= set(fields)
    assert len(fields) > 25


def test_no_public_text_of_the_demo_is_refused(demo):
    for model, field in free_texts():
        if isinstance(field, PublicText):
            for record in model._base_manager.all():
                assert field.findings_of(getattr(record, field.name), record) == []
