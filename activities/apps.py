from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities and volunteers")

    def ready(self):
        from activities.models import Volunteer
        from config.kit.public_text import register_names

        register_names(Volunteer.objects.names_among)
