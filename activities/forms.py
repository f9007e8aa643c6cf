"""What a person may type about activities, their pictures and wishes."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from activities import rules
from activities.models import Activity, MiniWish, Photo
from config.kit import clock
from config.kit.pictures import reencoded
from config.kit.private_forms import PrivateFieldsForm


class ActivityForm(PrivateFieldsForm):
    class Meta:
        model = Activity
        fields = "__all__"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("day") and cleaned.get("state"):
            try:
                rules.refuse_held_ahead(
                    is_held=cleaned["state"] in Activity.HELD, day=cleaned["day"], today=clock.today()
                )
            except ValidationError as refusal:
                self.add_error("day", refusal)
        return cleaned


class PhotoForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ["image", "alt", "consented"]

    def clean_image(self):
        image = self.cleaned_data["image"]
        return reencoded(image) if isinstance(image, UploadedFile) else image


class MiniWishForm(PrivateFieldsForm):
    class Meta:
        model = MiniWish
        fields = "__all__"

    def clean(self):
        cleaned = super().clean()
        for name in ("collected_on", "claimed_on", "fulfilled_on", "closed_on"):
            if cleaned.get(name):
                try:
                    rules.refuse_day_ahead(day=cleaned[name], today=clock.today())
                except ValidationError as refusal:
                    self.add_error(name, refusal)
        return cleaned
