"""Which lines of a record are refused because they repeat one another."""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms.models import BaseInlineFormSet


class DistinctLines(BaseInlineFormSet):
    """Lines of a record that differ from one another, and from those stored, in what the database wants once.

    Django asks neither where a constraint is written with expressions or holds the record the lines belong to.
    """

    def clean(self):
        super().clean()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
                self._refuse_twice(constraint)

    def _refuse_twice(self, constraint):
        names = [*constraint.fields, *(part.name for part in constraint.expressions)]
        names = [self.model._meta.get_field(name).attname for name in names if name != self.fk.name]
        forms = [form for form in self.forms if form.instance.pk or form.has_changed()]
        seen = set()
        if self.instance.pk:
            rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
            rows = rows.exclude(pk__in=[form.instance.pk for form in forms if form.instance.pk])
            seen.update(rows.values_list(*names))
        for form in forms:
            values = tuple(getattr(form.instance, name) for name in names)
            if form in self.deleted_forms or None in values:
                continue
            if values in seen:
                form.add_error(None, ValidationError(constraint.get_violation_error_message(), code="unique"))
            seen.add(values)
