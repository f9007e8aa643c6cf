"""What the office sees of Party members."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import DateField, Value
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from config.kit import clock
from config.kit.admin.base import OfficeAdmin, ScopedAdmin, ScopedTabularInline
from config.kit.admin.view_only import ViewOnly
from config.kit.person.citizen_ids import read_citizen_id
from config.kit.private_forms import private_fields
from members.access.actions import log_full_view
from members.access.forms import FullViewForm
from members.access.models import AccessLog
from members.consents.models import Consent
from members.import_admin import RosterImportPages
from members.privacy import mask_citizen_id, mask_phone
from members.roster.actions import admit_member, change_member, warnings_of
from members.roster.codes import Status
from members.roster.models import Affiliation, Member


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
    search_fields = ["name", "sort_name", "former_post"]
    search_help_text = _("Name, pinyin, former employer, or a whole citizen ID number")
    inlines = [AffiliationInline, ConsentInline]
    fieldsets = [
        (None, {"fields": ["branch", "name", "sort_name", "sex", "citizen_id", "birth_date", "ethnic_group"]}),
        (
            _("In the Party"),
            {
                "fields": [
                    "member_kind",
                    ("joined_on", "joined_day_known"),
                    ("full_member_on", "full_member_day_known"),
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
        return self.has_change_permission(request) or request.user.has_perm("members.view_private_member")

    def get_fieldsets(self, request, obj=None):
        return super().get_fieldsets(request, obj) if self.sees_records(request) else self.masked_fieldsets

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
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request, obj, form, change):
        if change:
            change_member(obj, on=clock.today(), by=request.user)
        else:
            admit_member(obj, on=clock.today(), by=request.user)

    def get_urls(self):
        return [
            path(
                "<int:pk>/full/",
                self.admin_site.admin_view(self.full_view),
                name="members_member_full",
            ),
            *super().get_urls(),
        ]

    def full_view(self, request, pk):
        """Private data in full: asks for a reason, writes it down, shows once."""
        member = self.get_object(request, str(pk))
        if member is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        if not request.user.has_perm("members.view_private_member"):
            raise PermissionDenied
        form = FullViewForm(request.POST or None)
        shown = []
        if request.method == "POST" and form.is_valid():
            log_full_view(member, by=request.user, reason=form.cleaned_data["reason"])
            shown = [
                (member._meta.get_field(name).verbose_name, self._clear(member, name))
                for name in private_fields(Member)
            ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": member,
            "title": _("Private data of %(name)s") % {"name": member.name},
            "form": form,
            "shown": shown,
            "back": reverse("admin:members_member_change", args=[member.pk]),
        }
        response = TemplateResponse(request, "admin/full_view.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def _clear(self, member, name):
        return member.get_health_display() if name == "health" else getattr(member, name)

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
