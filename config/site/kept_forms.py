"""The addresses under which what was typed is kept, and how it outlives a session that ended while somebody wrote."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.kit.admin import drafts
from config.kit.admin.draft_forms import keep_for, keep_posted
from config.kit.admin.keys import is_form_key
from config.kit.crypto import decrypt, encrypt

# The field of the sign-in page that carries what was typed, sealed, and how long it may do so.
KEPT_FORM, PURPOSE, SIGN_IN_WITHIN = "kept_form", "form kept over a sign-in", timedelta(hours=1)
# Bytes of a request: a Chinese character of three bytes is sent as nine.
LARGEST_REQUEST = 4 * drafts.LARGEST


@require_POST
def keep_draft(request, site):
    """Keep what a script sends of a form that is being typed; nothing is saved by it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return HttpResponse(status=413)
    place, key = drafts.place_of(request.POST.get("_address", "")), request.POST.get(drafts.DRAFT_KEY, "")
    if place is None or not is_form_key(key):
        raise BadRequest
    record = place.model_admin.get_object(request, place.object_id) if place.object_id else None
    if place.object_id and record is None:
        raise Http404
    if not place.model_admin.may_fill(request, record, place.part):
        raise PermissionDenied
    text = drafts.text_of(request.POST)
    if text is None:
        return HttpResponse(status=413)
    if drafts.is_saved(request.user, key):
        return HttpResponse(status=204)
    drafts.keep(request.user, key, place, record=record, text=text)
    return HttpResponse(status=204)


@require_POST
def discard_draft(request, site, pk):
    """Throw away a draft of the user who asks, and show its form without it."""
    draft = drafts.draft_of(request.user, str(pk))
    if draft is None:
        raise Http404
    address = drafts.address_of(draft.record, draft.part)
    draft.delete()
    messages.success(request, _("What was not saved is thrown away."))
    return HttpResponseRedirect(address)


# A session that ended while somebody wrote


def _sealed(request):
    """What was posted to a form of the office, sealed for the sign-in page; "" where it is none or too much."""
    place = drafts.place_of(request.get_full_path())
    text = drafts.text_of(request.POST) if place else None
    if text is None or "_popup" in request.POST:
        return ""
    parcel = {
        "address": request.get_full_path(),
        "by": drafts.typist_of(request.POST),
        "key": request.POST.get(drafts.DRAFT_KEY, ""),
        "at": timezone.now().isoformat(),
        "text": text,
    }
    return encrypt(json.dumps(parcel, ensure_ascii=False), purpose=PURPOSE)


def _unsealed(sealed):
    if len(sealed) > 3 * drafts.LARGEST:
        return None
    try:
        parcel = json.loads(decrypt(sealed, purpose=PURPOSE))
    except ValueError:
        return None
    return parcel if timezone.now() - parse_datetime(parcel["at"]) < SIGN_IN_WITHIN else None


def sign_in_page_with(request, site):
    """The sign-in page for somebody whose session ended while they wrote, with what they wrote; None where there is nothing."""
    sealed = _sealed(request)
    if not sealed:
        return None
    context = {
        **site.each_context(request),
        "form": AuthenticationForm(request),
        "app_path": reverse("admin:login"),
        "next": request.get_full_path(),
        KEPT_FORM: sealed,
        "had_files": bool(request.FILES),
    }
    request.current_app = site.name
    response = TemplateResponse(request, "admin/login.html", context)
    response["Cache-Control"] = "no-store"
    return response


def kept_over_sign_in(request):
    """The sealed text that came with a sign-in, to be shown with the page again; "" where it is none."""
    sealed = request.POST.get(KEPT_FORM, "")
    return sealed if sealed and _unsealed(sealed) else ""


def taken_up(request, response):
    """After a sign-in: the form that was being written, filled in and not saved; the response as it was where there is none."""
    parcel = _unsealed(request.POST.get(KEPT_FORM, ""))
    place = drafts.place_of(parcel["address"]) if parcel else None
    if place is None or response.status_code != 302 or not request.user.is_authenticated:
        return response
    draft = keep_for(request, place, parcel["text"], typist=parcel["by"], key=parcel["key"])
    if draft is None:
        messages.info(request, _("Somebody else wrote in the form that was open here. It is kept for that person."))
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(drafts.address_of(draft.record, draft.part, draft.pk))


def after_csrf_failure(request, site):
    """The same where the token of a form is of an earlier session; None where the form may have come from another site."""
    if request.method != "POST" or not _is_of_this_site(request):
        return None
    if not site.has_permission(request):
        return sign_in_page_with(request, site)
    if drafts.place_of(request.get_full_path()) is None:
        return None
    draft = keep_posted(request)
    return HttpResponseRedirect(drafts.address_of(draft.record, draft.part, draft.pk)) if draft else None


def _is_of_this_site(request):
    source = urlsplit(request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER") or "")
    return source.netloc == request.get_host()
