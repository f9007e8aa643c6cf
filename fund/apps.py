from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from config.kit.public_text import register_names


class FundConfig(AppConfig):
    name = "fund"
    verbose_name = _("Mutual-aid fund")
    # A red entry alone takes back what is booked; nothing here is undone or restored.
    holds_money = True

    def ready(self):
        # Models can be imported only when the apps are loaded.
        from fund.donations.models import givers_and_members, givers_to_be_named
        from fund.help.cases.models import AssistanceCase
        from fund.help.visits.models import CondolenceVisit
        from fund.ledger.actions import add_accounts_after_migrate
        from fund.ledger.triggers import install_after_migrate, remove_before_migrate

        register_names(givers_and_members, agreed=givers_to_be_named)
        register_names(AssistanceCase.objects.names_among)
        register_names(CondolenceVisit.objects.names_among)

        pre_migrate.connect(remove_before_migrate, sender=self, dispatch_uid="fund.ledger.triggers")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="fund.ledger.triggers")
        post_migrate.connect(add_accounts_after_migrate, sender=self, dispatch_uid="fund.ledger.accounts")
