"""The page of an event's pictures in the office: several are chosen at once, then each is described, shown or withdrawn."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from activities.events.forms import PhotoForm
from activities.events.photos import add_photos, describe_photo, withdraw_photo
from config.kit.refusals import sentences


class KeepsPhotos(admin.ModelAdmin):
    """What the admin of events takes on to keep their pictures; asks for the right to change pictures."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.photos_view)
        return [path("<int:pk>/photos/", page, name="activities_activity_photos"), *super().get_urls()]

    @admin.display(description=gettext_lazy("pictures"))
    def photo_link(self, obj):
        count = obj.photos.filter(withdrawn_on=None).count()
        words = ngettext("%(count)s picture: look, add, withdraw", "%(count)s pictures: look, add, withdraw", count)
        address = reverse("admin:activities_activity_photos", args=[obj.pk])
        return format_html('<a href="{}">{}</a>', address, words % {"count": count})

    def photos_view(self, request, pk):
        event = self.get_object(request, str(pk))
        if event is None:
            raise Http404
        may_change = request.user.has_perm("activities.change_photo") and self.has_change_permission(request, event)
        if not may_change and not self.has_view_permission(request, event):
            raise PermissionDenied
        if request.method == "POST":
            if not may_change:
                raise PermissionDenied
            forms = self._forms(event, request.POST)
            self._add(request, event)
            wrong = [form for form in forms if not form.is_valid()]
            if not wrong and self._store(request, forms):
                return HttpResponseRedirect(request.path)
            # What was added meanwhile is shown beside the forms that are not right yet.
            known = {form.instance.pk for form in forms}
            forms += [form for form in self._forms(event) if form.instance.pk not in known]
        else:
            forms = self._forms(event)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": event,
            "title": _("Pictures: %(event)s") % {"event": event},
            "forms": forms,
            "withdrawn": event.photos.exclude(withdrawn_on=None).select_related("withdrawn_by"),
            "may_change": may_change,
            "is_wrong": any(form.errors for form in forms),
        }
        return TemplateResponse(request, "admin/activities/photos.html", context)

    @staticmethod
    def _forms(event, data=None):
        """A form for each picture that is kept; one that was added since the page was opened is left as it is."""
        photos = event.photos.filter(withdrawn_on=None)
        return [
            PhotoForm(data, instance=photo, prefix=f"photo-{photo.pk}")
            for photo in photos
            if data is None or f"photo-{photo.pk}-alt" in data
        ]

    @staticmethod
    def _add(request, event):
        added = add_photos(event, request.FILES.getlist("pictures"))
        if added.kept:
            words = ngettext(
                "%(count)s picture was added. Say what it shows; then it can be shown.",
                "%(count)s pictures were added. Say what each shows; then they can be shown.",
                len(added.kept),
            )
            messages.success(request, words % {"count": len(added.kept)})
        for name, sentence in added.refused:
            words = _("“%(file)s” was not added. %(sentence)s") % {"file": name, "sentence": sentence}
            messages.error(request, words)

    @staticmethod
    def _store(request, forms):
        """Store what was changed of each picture; whether all of it was right."""
        for form in forms:
            data = form.cleaned_data
            try:
                if data["withdraw"]:
                    withdraw_photo(form.instance, by=request.user, reason=data["withdraw"])
                    messages.success(request, _("The picture and every copy of it are deleted."))
                elif form.has_changed():
                    describe_photo(form.instance, alt=data["alt"], consented=data["consented"])
            except ValidationError as refusal:
                for sentence in sentences(refusal):
                    form.add_error(None, sentence)
                return False
        return True
