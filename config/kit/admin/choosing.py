"""How a form chooses one record of many: by a box that suggests, or, with scripts off, by words that are looked for on saving."""

from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.utils.translation import gettext_lazy as _

from config.kit.admin.keys import is_key

WORDS = "_words"
# The rank of a record that was typed in full: by name, number or initials.
WHOLE = 0
# So many records are offered where the words fit several.
OFFERED = 20


class Words(str):
    """What was typed instead of a choice."""


class KeySelect(AutocompleteSelect):
    """Shows the record that was chosen before, or those that were found; a value that is no key selects nothing."""

    template_name = "admin/widgets/key_select.html"
    # Records to offer beside the chosen one, as `(key, label)`.
    offered: tuple = ()

    def optgroups(self, name, value, attrs=None):
        groups = super().optgroups(name, [key for key in value if is_key(key)], attrs)
        options = groups[0][1]
        present = {str(option["value"]) for option in options}
        for key, label in self.offered:
            if str(key) not in present:
                options.append(self.create_option(name, key, label, selected=False, index=len(options)))
        return groups

    def get_context(self, name, value, attrs):
        # A required select must offer an empty choice first to be valid HTML, which the search box has no use for.
        context = super().get_context(name, value, {**(attrs or {}), "required": False})
        context["widget"]["words_name"] = f"{name}{WORDS}"
        context["widget"]["words"] = value if isinstance(value, Words) else ""
        return context

    def value_from_datadict(self, data, files, name):
        words = str(data.get(f"{name}{WORDS}", "")).strip()
        return Words(words) if words else super().value_from_datadict(data, files, name)


class FoundChoiceField(ModelChoiceField):
    """A choice of one record that may be typed: words that fit one record choose it, words that fit several offer them."""

    default_error_messages = {
        "nothing_found": _("Nobody and nothing is found for “%(words)s”. Type another spelling, or fewer letters."),
        "several_found": _("“%(words)s” fits several. Choose one of the list, and save again."),
    }

    def __init__(self, *args, model_admin, request, **kwargs):
        self.model_admin, self.request = model_admin, request
        super().__init__(*args, **kwargs)

    def label_from_instance(self, obj):
        return self.model_admin.label_of_choice(obj)

    def to_python(self, value):
        if not isinstance(value, Words):
            return super().to_python(value)
        found = self._found(value)
        whole = [record for record in found if record.found_rank == WHOLE]
        for fitting in (whole, found):
            if len(fitting) == 1:
                return fitting[0]
        code = "several_found" if found else "nothing_found"
        self.widget.offered = tuple((record.pk, self.label_from_instance(record)) for record in found)
        raise ValidationError(self.error_messages[code], code=code, params={"words": value})

    def _found(self, words):
        rows, _may_repeat = self.model_admin.get_search_results(self.request, self.queryset.all(), words)
        return list(self.model_admin.best_first(rows, words)[:OFFERED])
