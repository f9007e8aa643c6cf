"""A form shows what its user typed and did not save before, and who else has its record open."""

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from config.kit.admin import drafts
from config.kit.admin.drafts import DRAFT_KEY
from config.kit.admin.keys import form_key
from config.kit.admin.merging import RowsAsPosted

# The newest drafts that stand above a form; the others are folded away.
SHOWN = 3


class NotCheckedForm:
    """Form mixin: shows what a draft holds as it was typed, without judging it before it is sent."""

    draft_data = None

    def __init__(self, data=None, files=None, **kwargs):
        super().__init__(self.draft_data, None, **kwargs)

    def full_clean(self):
        self._errors, self.cleaned_data = ErrorDict(), {}


class NotCheckedLines(RowsAsPosted):
    """The same for the lines of a record."""

    def full_clean(self):
        self._errors, self._non_form_errors = [{} for _form in self.forms], self.error_class()


class KeepsDrafts:
    """Admin mixin: what is typed into a form and not saved is kept for its user, and offered when the form opens again."""

    # False where a form asks for what must not be kept, such as a password.
    keeps_drafts = True

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Kept before the form is read, because a refusal may show another address.
        place = self._place(request)
        if place and request.method in {"GET", "HEAD"} and "draft" in request.GET:
            self._fill(request, place)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if place and getattr(request, "stored_record", None) is not None:
            drafts.forget(request.user, request.POST.get(DRAFT_KEY, ""), place.record if place.object_id else "")
        return response

    def may_fill(self, request, record, part):
        """Whether a user may fill in the form of a part of a record, or of a new one (None)."""
        return self.has_add_permission(request) if record is None else self.has_change_permission(request, record)

    def _place(self, request):
        if not self.keeps_drafts or "_popup" in request.GET or "_popup" in request.POST:
            return None
        return drafts.place_of(request.get_full_path())

    def _fill(self, request, place):
        draft = drafts.draft_of(request.user, request.GET["draft"])
        data = drafts.data_of(draft) if draft is not None and draft.record == place.record else None
        if data is None:
            messages.warning(request, _("What was typed here is not kept any more."))
            return
        request.draft_data, request.draft_at = data, draft.at

    def address_after_refusal(self, request):
        """A record that could not be stored leads back to its form, filled in as it was typed."""
        draft = keep_posted(request)
        return drafts.address_of(draft.record, draft.part, draft.pk) if draft else request.get_full_path()

    # The form filled from a draft

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if getattr(request, "draft_data", None) is None:
            return form
        return type(form.__name__, (NotCheckedForm, form), {"draft_data": request.draft_data})

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        data = getattr(request, "draft_data", None)
        return kwargs | {"data": data} if data is not None and f"{prefix}-TOTAL_FORMS" in data else kwargs

    def get_formsets_with_inlines(self, request, obj=None):
        data = getattr(request, "draft_data", None)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if data is not None and f"{formset.get_default_prefix()}-TOTAL_FORMS" in data:
                formset = type(formset.__name__, (NotCheckedLines, formset), {})
            yield formset, inline

    # The page

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        place = None if getattr(request, "reads_record", False) else self._place(request)
        if place and self.may_fill(request, None if add else obj, place.part):
            carried = getattr(request, "draft_data", None) or request.POST
            context |= {
                "draft_key": form_key(carried.get(DRAFT_KEY, "")),
                "draft_typist": drafts.signed_user(request.user),
                "draft_at": getattr(request, "draft_at", None),
                "is_unsaved": bool(carried),
            }
            if request.method == "GET":
                opened = drafts.opened(request.user, place)
                own = [line for line in opened.own if f"{line.pk}" != request.GET.get("draft")]
                context["own_drafts"], context["older_drafts"] = own[:SHOWN], own[SHOWN:]
                context["opened_by"] = opened.others
        return super().render_change_form(request, context, add, change, form_url, obj)


def keep_posted(request):
    """Keep what was posted to a form of the office, for the user who typed it; the draft where that is who asks now.

    None where nothing may be kept, or where another user typed it, who then finds it among their drafts.
    """
    place = drafts.place_of(request.get_full_path())
    text = drafts.text_of(request.POST) if place else None
    if text is None or "_popup" in request.POST:
        return None
    return keep_for(request, place, text, typist=drafts.typist_of(request.POST), key=request.POST.get(DRAFT_KEY, ""))


def keep_for(request, place, text, *, typist, key):
    """Keep a text for its typist, or for who asks where nobody knows who typed it; the draft of who asks, else None."""
    user = request.user
    if typist not in (None, user.pk):
        user = type(user)._default_manager.filter(pk=typist, is_active=True).first()
        if user is None:
            return None
    record = place.model_admin.get_object(request, place.object_id) if place.object_id else None
    draft = drafts.keep(user, form_key(key), place, record=record, text=text)
    return draft if user.pk == request.user.pk else None
