"""Nothing of another branch is shown or changed in the office, on any page of any registered admin."""

import json
import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import ForeignKey, ManyToManyField
from django.forms import ModelChoiceField
from django.urls import NoReverseMatch, reverse

from branches.models import Branch
from config.kit import clock
from config.kit.admin.base import ScopedPlainAdmin

pytestmark = pytest.mark.django_db

# Admins that show records of nobody's, and why.
UNSCOPED = {
    "branches.holiday": "announced days off are the same for everybody",
    "auth.user": "accounts are kept by the superuser alone; no role has a permission on them",
    "members.accesslog": "who looked at whom is read by the superuser alone; no role has a permission on it",
}
OTHER_BRANCH = "荔园社区离退休干部党支部"


def registered():
    return [(model._meta.label_lower, model, site_admin) for model, site_admin in admin.site._registry.items()]


def scoped():
    return [(label, model, site_admin) for label, model, site_admin in registered() if label not in UNSCOPED]


def hidden_from(user, model):
    """Records that exist and are not this user's, three at the most."""
    visible = model._default_manager.all().visible_to(user).values("pk")
    return list(model._default_manager.exclude(pk__in=visible).order_by("pk")[:3])


@pytest.fixture
def secretary(demo):
    return get_user_model().objects.get(username="secretary-a")


@pytest.fixture
def office(client, secretary):
    client.force_login(secretary)
    return client


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def test_every_registered_admin_is_scoped_or_stands_on_the_list_with_a_reason():
    open_ones = {label for label, _model, site_admin in registered() if not isinstance(site_admin, ScopedPlainAdmin)}

    assert open_ones == set(UNSCOPED)
    assert all(hasattr(model._default_manager.all(), "visible_to") for _label, model, _admin in scoped())


def test_no_role_may_touch_what_is_not_scoped(secretary):
    from config.site.roles import ROLES

    named = {label for cells in ROLES.values() for label in cells}

    assert not named & {"auth.user", "members.accesslog"}


def test_something_is_hidden_from_the_secretary(secretary):
    hidden = {label for label, model, _admin in scoped() if hidden_from(secretary, model)}

    assert {"branches.branch", "members.member", "activities.activity", "branches.assignment"} <= hidden


def test_lists_show_the_own_records_alone(office, secretary):
    for _label, model, _site_admin in scoped():
        response = office.get(address(model, "changelist"))
        if response.status_code == 403:
            continue
        shown = {row.pk for row in response.context["cl"].result_list}
        own = set(model._default_manager.all().visible_to(secretary).values_list("pk", flat=True))
        assert shown <= own, model
        assert OTHER_BRANCH not in response.content.decode(), model


@pytest.mark.same_everywhere
def test_records_of_others_answer_no_address(office, secretary):
    for _label, model, _site_admin in scoped():
        for record in hidden_from(secretary, model):
            for page in ("change", "history", "delete"):
                response = office.get(address(model, page, record.pk))
                assert response.status_code in {302, 403, 404}, (model, page)
                assert response.status_code != 302 or response["Location"].endswith("/admin/"), (model, page)
            assert office.post(address(model, "delete", record.pk), {"post": "yes"}).status_code in {302, 403, 404}
            assert type(record)._default_manager.filter(pk=record.pk).exists()


def test_old_versions_of_others_answer_no_address(office, secretary):
    for _label, model, _site_admin in scoped():
        if not hasattr(model, "history"):
            continue
        for record in hidden_from(secretary, model):
            version = record.history.first()
            if version:
                page = address(model, "simple_history", record.pk, version.pk)
                assert office.get(page).status_code in {302, 403, 404}, page


def offers(field):
    """Whether a form field offers records of a scoped model (a formset's hidden key offers nothing)."""
    return (
        isinstance(field, ModelChoiceField)
        and not field.widget.is_hidden
        and hasattr(field.queryset.model._default_manager.all(), "visible_to")
    )


def _forms(response):
    yield response.context["adminform"].form
    for formset in response.context["inline_admin_formsets"]:
        yield formset.formset.empty_form


def test_choices_offer_the_own_records_alone(office, secretary):
    for _label, model, _site_admin in scoped():
        response = office.get(address(model, "add"))
        if response.status_code == 403:
            continue
        for form in _forms(response):
            for name, field in form.fields.items():
                if offers(field):
                    offered = set(field.queryset.values_list("pk", flat=True))
                    own = field.queryset.model._default_manager.all().visible_to(secretary)
                    assert offered <= set(own.values_list("pk", flat=True)), (model, name)
        assert OTHER_BRANCH not in response.content.decode(), model


def test_forged_ids_are_refused_by_every_form(office, secretary):
    tried = 0
    for _label, model, _site_admin in scoped():
        page = address(model, "add")
        response = office.get(page)
        if response.status_code == 403:
            continue
        form = response.context["adminform"].form
        for name, field in form.fields.items():
            others = hidden_from(secretary, field.queryset.model) if offers(field) else []
            for record in others[:1]:
                before = model._default_manager.count()
                answer = office.post(page, {name: str(record.pk)})
                assert answer.status_code == 200, (model, name)
                codes = [error.code for error in answer.context["adminform"].form.errors.as_data()[name]]
                assert "invalid_choice" in codes or "invalid_pk_value" in codes, (model, name, codes)
                assert model._default_manager.count() == before
                tried += 1
    assert tried >= 3


def test_autocompletes_find_the_own_records_alone(office, secretary):
    for _label, model, site_admin in scoped():
        for name in site_admin.autocomplete_fields:
            target = model._meta.get_field(name).remote_field.model
            response = office.get(
                reverse("admin:autocomplete"),
                {
                    "app_label": model._meta.app_label,
                    "model_name": model._meta.model_name,
                    "field_name": name,
                    "term": "",
                },
            )
            if response.status_code == 403:
                continue
            keys = {int(row["id"]) for row in json.loads(response.content)["results"]}
            own = target._default_manager.all()
            assert hasattr(own, "visible_to"), (model, name)
            assert keys <= set(own.visible_to(secretary).values_list("pk", flat=True)), (model, name)


def test_actions_leave_the_records_of_others_alone(office, secretary):
    for _label, model, _site_admin in scoped():
        others = hidden_from(secretary, model)
        if not others:
            continue
        office.post(
            address(model, "changelist"),
            {"action": "delete_selected", "_selected_action": [str(row.pk) for row in others], "post": "yes"},
        )
        assert model._default_manager.filter(pk__in=[row.pk for row in others]).count() == len(others)


def test_filters_by_forged_ids_find_nothing_of_others(office, secretary):
    other = Branch.objects.get(name=OTHER_BRANCH)
    for _label, model, _site_admin in scoped():
        for field in model._meta.get_fields():
            if isinstance(field, (ForeignKey, ManyToManyField)) and field.remote_field.model is Branch:
                response = office.get(address(model, "changelist"), {f"{field.name}__id__exact": other.pk})
                if response.status_code == 200:
                    own = set(model._default_manager.all().visible_to(secretary).values_list("pk", flat=True))
                    assert {row.pk for row in response.context["cl"].result_list} <= own, model
                    assert OTHER_BRANCH not in response.content.decode(), model


def test_there_is_no_redirect_that_tells_whether_a_record_exists():
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])


def test_no_list_filter_or_search_reaches_an_encrypted_field():
    from config.kit.private_forms import private_fields

    for _label, model, site_admin in registered():
        private = set(private_fields(model))
        named = {str(name) for name in (*site_admin.list_display, *site_admin.search_fields)}
        named |= {name for name in site_admin.list_filter if isinstance(name, str)}
        assert not named & private, model


@pytest.mark.same_everywhere
@pytest.mark.parametrize("rows", [(1, 3, 300)])
def test_every_list_asks_the_same_number_of_queries_whatever_its_length(
    client, demo, rows, monkeypatch, django_assert_max_num_queries
):
    client.force_login(get_user_model().objects.get(username="admin"))
    clock.today()  # looked up once a process
    for _label, model, site_admin in registered():
        counts = []
        for number in rows:
            monkeypatch.setattr(site_admin, "list_per_page", number)
            with django_assert_max_num_queries(12, info=str(model)) as queries:
                assert client.get(address(model, "changelist")).status_code == 200
            counts.append(len(queries))
        assert len(set(counts)) == 1, (model, counts)


GARBAGE = ["?p=-1", "?p=9999999999999999999", "?o=99.-99.x", "?q=%00%ff", "?e=1", "?_popup=x", "?nonsense__exact=1"]


@pytest.mark.same_everywhere
def test_no_garbage_in_an_address_breaks_a_list(client, demo):
    client.force_login(get_user_model().objects.get(username="admin"))
    for _label, model, _site_admin in registered():
        for tail in GARBAGE:
            response = client.get(address(model, "changelist") + tail)
            assert response.status_code in {200, 302, 400, 404}, (model, tail)
        for pk in ("0", "x", "99999999999999999999999", "%00"):
            path = re.sub(r"/7/change/$", f"/{pk}/change/", address(model, "change", 7))
            assert client.get(path).status_code in {200, 302, 400, 404}, (model, pk)


@pytest.mark.same_everywhere
def test_past_versions_are_looked_at_by_those_who_may_and_put_back_by_nobody(client, demo):
    for username in ("admin", "street", "secretary-a", "keeper"):
        client.force_login(get_user_model().objects.get(username=username))
        for _label, model, _site_admin in scoped():
            record = model._default_manager.order_by("pk").last() if hasattr(model, "history") else None
            if record is None:
                continue
            before = model._default_manager.filter(pk=record.pk).values().get()
            for version in record.history.all()[:3]:
                page = address(model, "simple_history", record.pk, version.pk)
                assert client.get(page).status_code in {200, 302, 403, 404}, page
                assert client.post(page, dict.fromkeys(before, "1")).status_code in {302, 403, 404}, page
            assert model._default_manager.filter(pk=record.pk).values().get() == before
