"""What a person may type about a wish."""

from django.utils.translation import gettext_lazy as _

from config.kit.private_forms import PrivateFieldsForm


class MiniWishForm(PrivateFieldsForm):
    """A wish whose number may be left to the program."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "code" in self.fields and not self.instance.code:
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Left empty, it is the next number of the year.")
