"""How a refusal that comes late reaches the clerk: as a sentence on the same page, with nothing half kept."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _


def sentences(error):
    """The sentences of a ValidationError, each once, in order."""
    return list(dict.fromkeys(str(message) for message in error.messages))


class ShowsRefusals:
    """Admin mixin: an action that refuses while saving (two clerks at once) shows why and keeps nothing."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            return self._show(request, sentences(refusal))
        except ProtectedError:
            return self._show(request, [_("Other records lean on this one, so it stays.")])

    def _show(self, request, lines):
        # Messages added before the refusal would claim what did not happen.
        list(messages.get_messages(request))
        for line in lines:
            messages.error(request, line)
        return HttpResponseRedirect(request.get_full_path())
