"""How does a record lead to the papers that are printed of it? By buttons on its page in the office."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode


@dataclass(frozen=True)
class PaperLink:
    """A paper by its name on the office's papers page, the choice a record makes there, the rights it takes to print."""

    label: Any
    paper: str
    choice: str
    rights: tuple


class LeadsToPapers(admin.ModelAdmin):
    """Admin mixin: `paper_links` stand on the record's page for whoever may print them."""

    paper_links: tuple = ()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        links = [
            {"label": link.label, "address": self._address(link, object_id)}
            for link in self.paper_links
            if request.user.has_perms(link.rights)
        ]
        return super().change_view(request, object_id, form_url, {"paper_links": links, **(extra_context or {})})

    def _address(self, link, key):
        return f"{reverse('admin:paper', args=[link.paper])}?{urlencode({link.choice: key})}"
