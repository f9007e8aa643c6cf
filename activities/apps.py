from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from config.kit.public_text import register_names


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities and volunteers")

    def ready(self):
        # Models can be imported only when the apps are loaded.
        from activities.mentoring.models import MentorPair
        from activities.volunteers.models import Volunteer
        from activities.wishes.models import MiniWish

        register_names(Volunteer.objects.names_among)
        register_names(MentorPair.objects.names_among)
        register_names(MiniWish.objects.names_among)
