"""What the form of a new record asks at once: the fields of this step, with everything that is known filled in.

The other fields stand in a block that unfolds and can be filled in now or, on the record's page, later.
"""

from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from config.kit.admin.scoping import visible


class AsksFirstStep:
    """Admin mixin: a new record asks for `first_fields`, and for whatever is required and not known."""

    # Empty: the form asks for everything at once.
    first_fields: tuple = ()
    # Days that are today's unless somebody says otherwise.
    today_fields: tuple = ()
    # Fields that saving fills in where nobody did, such as a running number.
    own_numbers: tuple = ()

    def known_values(self, request):
        """`{field: value}` that need not be asked: the only place this user works in, and today."""
        known = dict.fromkeys(self.today_fields, clock.today())
        for field in self.opts.fields:
            if isinstance(field, ForeignKey) and field.name in {"organization", "branch", "pot", "point"}:
                rows = visible(field.remote_field.model, request.user)
                choices = [] if rows is None else list(rows.order_by()[:2])
                if len(choices) == 1:
                    known[field.name] = choices[0].pk
        return known

    def _known_once(self, request):
        if not hasattr(request, "known_values"):
            request.known_values = self.known_values(request)
        return request.known_values

    def get_changeform_initial_data(self, request):
        return {**self._known_once(request), **super().get_changeform_initial_data(request)}

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None or not self.first_fields:
            return fieldsets
        names = flatten_fieldsets(fieldsets)
        known = self._known_once(request)
        asked = [name for name in names if self._must_ask(name) and name not in {*known, *self.own_numbers}]
        first = [*(name for name in asked if name not in self.first_fields), *self.first_fields]
        first = [name for name in first if name in names]
        later = [name for name in names if name not in first]
        folded = (_("More: now or later"), {"fields": later, "classes": ["collapse"]})
        return [(None, {"fields": first}), *([folded] if later else [])]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add:
            context["title"] = self.add_label or context["title"]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _must_ask(self, name):
        field = next((field for field in self.opts.fields if field.name == name), None)
        return field is not None and field.editable and not field.blank and not field.has_default()
