"""Posted notices in the office: where the paper hangs, a photo as proof, and a warning when it came down too soon."""

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from branches.calendar import STATEMENT_NOTICE_WORKING_DAYS, WorkingCalendar
from config.kit import clock
from config.kit.admin.base import ScopedAdmin
from config.kit.pictures import reencoded
from config.kit.private_forms import PrivateFieldsForm
from fund.disclosure.postings.models import Posting
from fund.disclosure.postings.queries import came_down_early, days_up
from fund.disclosure.statements.models import Statement


class PostingForm(PrivateFieldsForm):
    picture = forms.FileField(
        label=_("photo of the wall"),
        required=False,
        help_text=_("For the office alone; it is encoded anew, without place and camera."),
    )

    class Meta:
        model = Posting
        fields = ["pot", "statement", "subject", "place", "paper", "posted_on", "posted_by", "taken_down_on", "remark"]

    def clean_picture(self):
        upload = self.cleaned_data["picture"]
        return reencoded(upload) if upload else None

    def save(self, commit=True):
        picture = self.cleaned_data.get("picture")
        if picture:
            self.instance.photo.save(picture.name, picture, save=False)
        return super().save(commit)


@admin.register(Posting)
class PostingAdmin(ScopedAdmin):
    form = PostingForm
    today_fields = ("posted_on",)
    first_fields = ("statement", "subject", "place", "paper", "posted_on", "posted_by", "picture")
    list_display = ["posted_on", "place", "notice", "paper", "taken_down_on", "working_days"]
    list_counted = ngettext_lazy("%(count)s posted notice", "%(count)s posted notices", "count")
    add_label = _("Register a posted notice")
    list_filter = ["pot", "paper"]
    list_select_related = ["pot", "statement"]
    search_fields = ["place", "statement__number"]
    search_help_text = _("Place or number of the statement")
    date_hierarchy = "posted_on"
    fieldsets = [
        (None, {"fields": ["pot", "statement", "subject"]}),
        (_("Putting it up"), {"fields": ["place", "paper", "posted_on", "posted_by", "picture", "photo_link"]}),
        (_("Taking it down"), {"fields": ["taken_down_on", "remark"]}),
    ]
    readonly_fields = ["photo_link"]

    def get_fieldsets(self, request, obj=None):
        """The photo is chosen where the record can be changed and looked at where there is one."""
        dropped = set()
        if obj is None or not obj.photo:
            dropped.add("photo_link")
        if self._is_read_only(request, obj):
            dropped.add("picture")
        return [
            (title, options | {"fields": [field for field in options["fields"] if field not in dropped]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        photo = path("<int:pk>/photo/", self.admin_site.admin_view(self.photo_view), name="fund_posting_photo")
        return [photo, *super().get_urls()]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "statement":
            kwargs["queryset"] = Statement.objects.published().defer("document")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def photo_view(self, request, pk):
        posting = self.get_object(request, str(pk))
        if posting is None or not posting.photo or not self.has_view_permission(request, posting):
            raise Http404
        try:
            with posting.photo.open("rb") as file:
                response = HttpResponse(file.read(), content_type="image/jpeg")
        except FileNotFoundError:
            raise Http404 from None
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description=_("photo"))
    def photo_link(self, obj):
        address = reverse("admin:fund_posting_photo", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', address, _("See the photo"))

    def prepare_rows(self, rows):
        """Counts the days of all rows with one look at the holidays."""
        today = clock.today()
        calendar = WorkingCalendar.read(min(row.posted_on for row in rows), today) if rows else None
        for row in rows:
            row.days_up = days_up(row, today=today, calendar=calendar)

    @admin.display(description=_("what was posted"))
    def notice(self, obj):
        return obj.statement or obj.subject

    @admin.display(description=_("working days on the wall"))
    def working_days(self, obj):
        return obj.days_up

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if came_down_early(obj):
            days = days_up(obj, today=obj.taken_down_on)
            messages.warning(
                request,
                _(
                    "It hung for %(days)s of %(wanted)s working days. Put it up again for the rest, and record that as "
                    "another posting."
                )
                % {"days": days, "wanted": STATEMENT_NOTICE_WORKING_DAYS},
            )
