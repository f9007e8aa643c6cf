"""Shows a ValidationError raised while a form is saved as a sentence on the same page, with nothing stored."""

import logging

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from config.kit.refusals import sentence_of_database, sentences

logger = logging.getLogger(__name__)


class ShowsRefusals:
    """Admin mixin: an action that refuses while saving (two users at once) shows why and stores nothing.

    What no form foresaw and the database refuses is a sentence too, and a line in the log.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            return self._show(request, sentences(refusal))
        except ProtectedError:
            return self._show(request, [_("Other records lean on this one, so it stays.")])
        except IntegrityError as error:
            logger.warning("The database refused a %s.", self.opts.label, exc_info=True)
            models = [self.model, *(inline.model for inline in self.inlines)]
            return self._show(request, [sentence_of_database(error, models)])

    def _show(self, request, lines):
        # Messages added before the refusal would claim what did not happen.
        list(messages.get_messages(request))
        request.stored_record = None
        for line in lines:
            messages.error(request, line)
        return HttpResponseRedirect(self.address_after_refusal(request))

    def address_after_refusal(self, request):
        """Where a refusal is read; a mixin that keeps what was typed leads to the form filled with it."""
        return request.get_full_path()
