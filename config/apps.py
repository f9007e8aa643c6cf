"""The project as an app, so that its commands, checks and templates are found; and the office admin in Django's place."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate


class ConfigApp(AppConfig):
    name = "config"
    verbose_name = "Yure"

    def ready(self):
        # Models can be imported only when the apps are loaded.
        from config import checks  # noqa: F401  registers the system checks
        from config.site.demo import clock
        from config.site.roles import sync_roles_after_migrate

        clock.install()
        post_migrate.connect(sync_roles_after_migrate, dispatch_uid="sync_roles")


class OfficeAdminConfig(AdminConfig):
    default_site = "config.site.office.OfficeSite"

    def import_models(self):
        # The first app of all, before any model: Django's own models look words up while they are imported, and what
        # was looked up in a missing catalogue stays English for the life of the process.
        from config.catalogues import compile_catalogue

        compile_catalogue()
        super().import_models()
