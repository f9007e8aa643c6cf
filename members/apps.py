from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from config.kit.public_text import register_names


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        # Models can be imported only when the apps are loaded.
        from members.privacy import names_agreed, names_on_roster

        register_names(names_on_roster, agreed=names_agreed)
