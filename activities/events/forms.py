"""What a person may upload to an activity."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from activities.events.models import Photo
from config.kit.pictures import reencoded


class PhotoForm(forms.ModelForm):
    class Meta:
        model = Photo
        fields = ["image", "alt", "consented"]

    def clean_image(self):
        image = self.cleaned_data["image"]
        return reencoded(image) if isinstance(image, UploadedFile) else image
