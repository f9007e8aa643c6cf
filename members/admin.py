"""What the office sees of Party members."""

from django.contrib import admin, messages
from django.db.models import DateField, Value
from django.db.models.functions import ExtractYear
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit import clock
from config.kit.admin.base import OfficeAdmin, ScopedAdmin, ScopedTabularInline
from config.kit.admin.finding import join_notes
from config.kit.admin.view_only import ViewOnly
from config.kit.person.citizen_ids import read_citizen_id
from config.kit.person.phones import is_phone
from config.kit.person.search_keys import read_latin, read_tail
from members.access.actions import log_number_search
from members.access.models import AccessLog
from members.access.rights import READS_IN_FULL, reads_whole_records
from members.consents.models import Consent
from members.import_admin import RosterImportPages
from members.privacy import mask_citizen_id, mask_phone
from members.roster.actions import admit_member, change_member, warnings_of
from members.roster.codes import ON_ROLL, Status
from members.roster.forms import MemberForm
from members.roster.models import DAYS_KNOWN, Affiliation, Member

# The days of a member as they are shown where they cannot be changed.
DAYS_SHOWN = {"joined_on": "joined", "full_member_on": "full_since"}


def day_words(day, *, is_known):
    """A day in words; where only its month is known, the month."""
    return day and date_format(day, "DATE_FORMAT" if is_known else "YEAR_MONTH_FORMAT")


class AffiliationInline(ViewOnly, ScopedTabularInline):
    model = Affiliation
    fields = ["branch", "starts_on", "ends_on", "remark"]


class ConsentInline(ScopedTabularInline):
    model = Consent


class OnRollFilter(admin.SimpleListFilter):
    """The roll is what a branch asks for first; everybody else is one step away."""

    title = _("membership")
    parameter_name = "roll"

    def lookups(self, request, model_admin):
        return [("all", _("everybody, the dead and moved too"))]

    def choices(self, changelist):
        words = {None: _("on the roll"), "all": _("everybody, the dead and moved too")}
        for value, word in words.items():
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(
                    *([{}, [self.parameter_name]] if value is None else [{self.parameter_name: value}])
                ),
                "display": word,
            }

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.on_roll()


@admin.register(Member)
class MemberAdmin(RosterImportPages, ScopedAdmin):
    full_view_permission = READS_IN_FULL
    form = MemberForm
    list_display = ["name", "branch", "sex_and_age", "standing", "id_ending", "masked_phone", "status"]
    list_counted = ngettext_lazy("%(count)s person", "%(count)s persons", "count")
    add_label = _("Add a Party member")
    list_states = {
        "status": {
            Status.ACTIVE: "done",
            Status.SUSPENDED: "late",
            Status.REMOVED: "void",
            Status.TRANSFERRED_OUT: "void",
            Status.DECEASED: "void",
        }
    }
    list_filter = [OnRollFilter, "branch", "sex", "living_status", "in_hardship", "five_elders"]
    list_select_related = ["branch"]
    search_fields = ["name", "former_post"]
    found_values = ["name", "branch__name", ExtractYear("birth_date"), "status"]
    search_help_text = _("Name, initials or pinyin, former employer, ID or phone or its last four")
    inlines = [AffiliationInline, ConsentInline]
    first_fields = ("name", "sex", "citizen_id", "birth_date", "joined_on", "full_member_on", "phone")
    fieldsets = [
        (None, {"fields": ["branch", "name", "sort_name", "sex", "citizen_id", "birth_date", "ethnic_group"]}),
        (
            _("In the Party"),
            {
                "fields": [
                    "member_kind",
                    "joined_on",
                    "full_member_on",
                    "party_post",
                    "status",
                    "died_on",
                    "lost_contact_since",
                    "is_floating",
                ]
            },
        ),
        (
            _("Work and retirement"),
            {
                "fields": [
                    "education", "native_place", "work_started_on", "retirement_kind", "retired_on",
                    "former_post",
                ]
            },
        ),
        (_("How to reach them"), {"fields": ["phone", "address", "emergency_contact"]}),
        (
            _("Care"),
            {"fields": ["living_status", "health", "in_hardship", "hardship_reason", "five_elders", "remark"]},
        ),
    ]  # fmt: skip

    # What is masked for those who neither keep the roster nor may see it in full (the handbook's "M").
    masked_fieldsets = [(None, {"fields": ["branch", "name", "sex", "member_kind", "party_post", "status"]})]

    def sees_records(self, request):
        """Whether this person reads whole records; everybody else with the right to view sees them masked."""
        return reads_whole_records(request.user)

    def get_fieldsets(self, request, obj=None):
        if not self.sees_records(request):
            return self.masked_fieldsets
        fieldsets = super().get_fieldsets(request, obj)
        if not self._is_read_only(request, obj):
            return fieldsets
        return [
            (title, {**options, "fields": [DAYS_SHOWN.get(field, field) for field in options["fields"]]})
            for title, options in fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        named = super().get_readonly_fields(request, obj)
        return [*named, *DAYS_SHOWN.values()] if self._is_read_only(request, obj) else named

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if self.sees_records(request) else []

    def get_list_filter(self, request):
        filters = super().get_list_filter(request)
        return filters if self.sees_records(request) else filters[:3]

    def get_search_fields(self, request):
        fields = super().get_search_fields(request)
        return fields if self.sees_records(request) else [name for name in fields if name != "former_post"]

    def lookup_allowed(self, lookup, value, request=None):
        # An address such as ?birth_date__year= would tell what the masked record does not.
        masked = request is not None and not self.sees_records(request)
        if masked and lookup.partition("__")[0] not in {"branch", "sex", OnRollFilter.parameter_name}:
            return False
        return super().lookup_allowed(lookup, value, request)

    def has_view_history_or_change_history_permission(self, request, obj=None):
        return self.sees_records(request) and super().has_view_history_or_change_history_permission(request, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(counted_on=Value(clock.today(), output_field=DateField()))

    @admin.display(description=_("sex, age"), ordering="birth_date")
    def sex_and_age(self, obj):
        age = obj.age(on=obj.counted_on)
        if age is None:
            return obj.get_sex_display()
        return _("%(sex)s, %(age)s years old") % {"sex": obj.get_sex_display(), "age": age}

    @admin.display(description=_("joined the Party on"))
    def joined(self, obj):
        return day_words(obj.joined_on, is_known=obj.joined_day_known)

    @admin.display(description=_("full member since"))
    def full_since(self, obj):
        return day_words(obj.full_member_on, is_known=obj.full_member_day_known)

    @admin.display(description=_("Party standing (years)"), ordering="full_member_on")
    def standing(self, obj):
        return obj.standing_years(on=obj.counted_on)

    @admin.display(description=_("citizen ID ends in"))
    def id_ending(self, obj):
        """The digits that the mask leaves, which tell two people of one name apart."""
        return f"…{mask_citizen_id(obj.citizen_id).lstrip('*')}" if obj.citizen_id else None

    @admin.display(description=_("phone"))
    def masked_phone(self, obj):
        return mask_phone(obj.phone) if obj.phone else None

    def get_search_results(self, request, queryset, search_term):
        number = read_citizen_id(search_term)
        if len(number) == 18 and number[:17].isdigit():
            return queryset.with_citizen_id(number), False
        if request.user.has_perm("members.view_private_member"):
            found = self._with_number(queryset, search_term)
            if found is not None:
                log_number_search(by=request.user, found=found.count())
                return found, False
        everybody = Member.objects.order_by()
        if read_latin(search_term):
            found = everybody.with_latin(search_term)
        else:
            found, _may_repeat = super().get_search_results(request, everybody, search_term)
        # Looked for in the index of the texts alone, which is a tenth of the table.
        return queryset.filter(pk__in=found.values("pk")), False

    def ranked(self, queryset, words):
        return queryset.ranked(words) if read_latin(words) else super().ranked(queryset, words)

    def found_words(self, name, branch, born, status):
        """Branch and birth year tell namesakes apart; whoever is on the roll needs no word about it."""
        born = _("born in %(year)s") % {"year": born} if born else ""
        status = "" if status in ON_ROLL else Status(status).label
        return name, join_notes(branch, born, status)

    def label_of_choice(self, record):
        year = record.birth_date.year if record.birth_date else ""
        return "{} · {}".format(*self.found_words(record.name, record.branch.name, year, record.status))

    def _with_number(self, queryset, words):
        """Members with a phone number, or with the last four of it or of an ID; None where no number was typed."""
        if tail := read_tail(words):
            return queryset.with_number_tail(tail)
        return queryset.with_phone(words) if is_phone(words) else None

    def save_model(self, request, obj, form, change):
        if change:
            change_member(obj, on=clock.today(), by=request.user)
        else:
            admit_member(obj, on=clock.today(), by=request.user)
        for name, known in DAYS_KNOWN.items():
            # Taking a change back comes without a form.
            if form is not None and name in form.changed_data and not getattr(obj, known):
                label, month = (
                    obj._meta.get_field(name).verbose_name,
                    date_format(getattr(obj, name), "YEAR_MONTH_FORMAT"),
                )
                words = _("%(field)s: %(month)s is recorded, the month alone. Add the day when it is known.")
                messages.info(request, words % {"field": capfirst(label), "month": month})

    def response_add(self, request, obj, post_url_continue=None):
        for warning in warnings_of(obj):
            messages.warning(request, warning)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        for warning in warnings_of(obj):
            messages.warning(request, warning)
        return super().response_change(request, obj)


@admin.register(AccessLog)
class AccessLogAdmin(ViewOnly, OfficeAdmin):
    """Read by the superuser alone: it names who looked at whom."""

    list_display = ["at", "user", "act", "what", "reason"]
    list_counted = ngettext_lazy("%(count)s line", "%(count)s lines", "count")
    list_filter = ["act"]
    list_select_related = ["user"]
    search_fields = ["what", "reason", "user__username"]
    search_help_text = _("Who, what or why")
    date_hierarchy = "at"
