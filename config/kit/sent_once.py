"""A form that counts once, however often it is sent: a double click, a reload, a slow line."""

from uuid import uuid4

from django import forms


class SentOnceForm(forms.Form):
    """Takes a hidden key that is new with each form that is opened; whoever stores what was sent keeps the key with it."""

    # Keeps the keys of one kind of form apart from those of another that stores the same.
    key_prefix = "web"

    once = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A block of a record that is edited by itself may leave the field out.
        if "once" in self.fields:
            self.fields["once"].initial = uuid4().hex

    @property
    def key(self):
        """The key of what is stored, or None where the form came without one."""
        once = self.cleaned_data.get("once", "")
        return f"{self.key_prefix}-{once}" if once else None
