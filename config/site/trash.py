"""What was deleted in the office within thirty days, and how it comes back with the lines that were deleted with it."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock
from config.kit.admin.past import history_of, keeps_history, put_back, stored_in
from config.kit.admin.undo import holds_money
from config.kit.person.names import called
from config.kit.refusals import sentence_of_database, sentences

KEPT, SHOWN = timedelta(days=30), 200  # days, records on the page
# Lines were deleted with their record when it was so soon before it.
AT_ONCE = timedelta(seconds=5)


@dataclass(frozen=True)
class Deleted:
    """One record that can come back."""

    kind: str
    name: str
    at: object
    who: str
    address: str


def _admins(request, site):
    """`{model: its admin}` of the records this user may put back: all that may be deleted, own additions taken back."""
    return {
        model: model_admin
        for model, model_admin in site._registry.items()
        if keeps_history(model)
        and not holds_money(model)
        and (model_admin.has_delete_permission(request) or model_admin.has_add_permission(request))
    }


def _deletions(request, model_admin):
    """The deletions of a model within thirty days that this user may put back, as versions of history.

    Who may not delete such records has taken back their own additions alone.
    """
    model = model_admin.model
    history = history_of(model).model
    rows = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        # The scope reads columns that a version has too.
        rows = type(rows)(history)
        try:
            rows = rows.visible_to(request.user)
        except FieldError:
            return history.objects.none()
    else:
        rows = history.objects.all()
    if not model_admin.has_delete_permission(request):
        rows = rows.filter(history_user=request.user)
    since = clock.now() - KEPT
    return rows.filter(history_type="-", history_date__gte=since).exclude(
        **{f"{model._meta.pk.attname}__in": model._base_manager.values("pk")}
    )


@require_safe
def trash_page(request, site):
    """Deleted records of the user's scope, newest first; a query for each kind of record."""
    admins = _admins(request, site)
    models = {ContentType.objects.get_for_model(model).pk: model for model in admins}
    names = {
        (entry.content_type_id, entry.object_id): entry.object_repr
        for entry in LogEntry.objects.filter(
            action_flag=DELETION, content_type__in=models, action_time__gte=clock.now() - KEPT
        ).order_by("action_time")
    }
    lines = []
    for content_type, model in models.items():
        rows = _deletions(request, admins[model]).select_related("history_user").order_by("-history_date")
        for row in rows[:SHOWN]:
            name = names.get((content_type, f"{getattr(row, model._meta.pk.attname)}"))
            if name is not None:
                lines.append(_line(model, row, name))
    lines.sort(key=lambda line: line.at, reverse=True)
    context = {**site.each_context(request), "title": _("Recycle bin"), "lines": lines[:SHOWN], "days": KEPT.days}
    return TemplateResponse(request, "admin/trash.html", context)


def _line(model, row, name):
    who = called(row.history_user) if row.history_user else ""
    address = reverse("admin:restore", args=[model._meta.label_lower, row.pk])
    return Deleted(capfirst(str(model._meta.verbose_name)), name, row.history_date, who, address)


@require_POST
def restore(request, site, label, version):
    """Put a deleted record back with the lines deleted with it; refused with a sentence where its place is taken."""
    found = {model._meta.label_lower: (model, model_admin) for model, model_admin in _admins(request, site).items()}
    if label not in found:
        raise Http404
    model, model_admin = found[label]
    row = _deletions(request, model_admin).filter(pk=version).first()
    if row is None:
        raise Http404
    try:
        with transaction.atomic():
            record = _put_back(model, model_admin, row)
            if not model_admin.get_queryset(request).filter(pk=record.pk).exists():
                raise Http404
            model_admin.log_change(request, record, _("Restored from the recycle bin."))
    except ValidationError as refusal:
        for sentence in sentences(refusal):
            messages.error(request, _("Not restored: %(why)s") % {"why": sentence})
        return HttpResponseRedirect(reverse("admin:trash"))
    except IntegrityError as error:
        messages.error(request, _("Not restored: %(why)s") % {"why": sentence_of_database(error, [model])})
        return HttpResponseRedirect(reverse("admin:trash"))
    messages.success(request, _("Restored: %(name)s.") % {"name": record})
    page = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return HttpResponseRedirect(reverse(page, args=[record.pk]))


def _put_back(model, model_admin, row):
    record = put_back(row)
    for field in row._history_m2m_fields:
        earlier = history_of(model).model.objects.filter(pk__lt=row.pk, **{model._meta.pk.attname: record.pk}).first()
        if earlier is not None:
            getattr(record, field.name).set(stored_in(earlier, field))
    for inline in model_admin.inlines:
        if keeps_history(inline.model):
            fk = next(field for field in inline.model._meta.concrete_fields if field.related_model is model)
            lines = history_of(inline.model).model.objects.filter(
                history_type="-",
                history_date__range=(row.history_date - AT_ONCE, row.history_date + AT_ONCE),
                **{fk.attname: record.pk},
            )
            for line in lines.order_by("pk"):
                put_back(line)
    return record
