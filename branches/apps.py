from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = _("Organisations and branches")

    def ready(self):
        # Models can be imported only when the apps are loaded.
        from branches.assignments import roles_with
        from branches.county_forms import Draft, SentForm
        from branches.saved_filters import SavedFilter
        from config.kit.admin.careful_saving import keep_sent_forms_in
        from config.kit.admin.drafts import keep_drafts_in
        from config.kit.admin.saved_filters import keep_filters_in
        from config.kit.workflow.waiting import name_holders_with

        keep_sent_forms_in(SentForm)
        keep_drafts_in(Draft)
        keep_filters_in(SavedFilter)
        name_holders_with(roles_with)
