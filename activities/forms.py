"""What a person may type about wishes."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from activities.models import MiniWish, Photo
from config.kit.pictures import reencoded
from config.kit.private_forms import PrivateFieldsForm


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
