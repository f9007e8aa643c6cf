from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from config.kit.public_text import register_names


class HonoursConfig(AppConfig):
    name = "honours"
    verbose_name = _("Honours and education point")

    def ready(self):
        # Models can be imported only when the apps are loaded.
        from honours.awards.models import RoleModel

        register_names(RoleModel.objects.names_among, agreed=RoleModel.objects.agreed().names_among)
