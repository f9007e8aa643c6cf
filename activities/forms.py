"""What a person may type about wishes."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from activities.models import MiniWish, Photo
from config.kit.pictures import reencoded
from config.kit.private_forms import PrivateFieldsForm
from members.models import Member
from members.privacy import refuse_private_words


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
        for field in ("public_text", "result"):
            try:
                refuse_private_words(cleaned.get(field) or "", names=self._names_to_spare(cleaned))
            except ValidationError as refusal:
                self.add_error(field, refusal)
        return cleaned

    def _names_to_spare(self, cleaned):
        """Names of the wish's own branch and of the wisher: what a secretary could let slip."""
        names = [cleaned.get("wisher") or ""]
        if cleaned.get("branch"):
            names += Member.objects.on_roll().filter(branch=cleaned["branch"]).values_list("name", flat=True)
        return names
