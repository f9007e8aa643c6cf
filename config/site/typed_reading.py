"""What a typed day is read as, for the script that says it beside the field while the form is filled in."""

from django.core.exceptions import BadRequest, ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from config.kit import clock
from config.kit.dates import day_in
from config.kit.day_fields import DayFormField, words_of
from config.kit.months import DayOrMonthFormField, MonthFormField
from config.kit.refusals import sentences
from config.kit.typed_days import LONGEST

FIELDS = {field.reads: field for field in (DayFormField, DayOrMonthFormField, MonthFormField)}


@require_safe
def read_typed(request, site):
    """`{value, words}` of the text a field holds, `{sentence}` where it is refused, `{}` where it says nothing."""
    field_class = FIELDS.get(request.GET.get("reads", ""))
    text = request.GET.get("text", "")
    if field_class is None or len(text) > LONGEST:
        raise BadRequest
    field = field_class()
    try:
        found = field.reader(text, clock.today(), day_in(request.GET.get("near", "")))
        if found is None:
            return JsonResponse({})
        value = field.value_of(found)
        field.run_validators(value)
    except ValidationError as refusal:
        return JsonResponse({"sentence": sentences(refusal)[0]})
    return JsonResponse({"value": str(field.prepare_value(value)), "words": words_of(found)})
