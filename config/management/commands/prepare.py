"""Makes ready what the server needs: keys, database, Chinese, static files and, where asked, the demo community."""

import subprocess
import sys

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from branches.models import Organization
from config.environment import VAR_DIR, write_secrets
from config.lost_keys import TAG, names_of_keys
from config.site.accounts import demo_accounts_shown
from config.site.demo.accounts import DEMO_PASSWORD
from config.site.sign_in import sweep


class Command(BaseCommand):
    help = "Prepare an installation: keys, database, translations, static files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo-if-empty", action="store_true", help="load the demo community into an empty database"
        )

    def handle(self, *, demo_if_empty, **options):
        if names_of_keys():
            # A new key beside sealed values would only hide that the old one is lost.
            call_command("check", tags=[TAG])
        elif write_secrets():
            # The settings of this process were read before the file stood.
            return self._again(demo_if_empty=demo_if_empty)
        call_command("check")
        call_command("migrate", verbosity=0)
        sweep()
        self._collect_static()
        if demo_if_empty:
            self._load_demo()
        self._say_where(settings.PORT)
        return None

    def _again(self, **options):
        arguments = ["prepare", *(["--demo-if-empty"] if options["demo_if_empty"] else [])]
        raise SystemExit(subprocess.run([sys.executable, sys.argv[0], *arguments]).returncode)

    def _collect_static(self):
        """Compressing takes seconds, so it is done again only when a source is newer than the last manifest."""
        manifest = settings.STATIC_ROOT / "staticfiles.json"
        newest = max(
            storage.get_modified_time(path).timestamp()
            for finder in finders.get_finders()
            for path, storage in finder.list([])
        )
        if not manifest.exists() or manifest.stat().st_mtime < newest:
            call_command("collectstatic", interactive=False, verbosity=0)

    def _load_demo(self):
        if not Organization.objects.exists():
            self.stdout.write(_("The database is empty: loading the demo community …"))
            call_command("load_demo", stdout=self.stdout)

    def _say_where(self, port):
        address = f"http://127.0.0.1:{port}/"
        self.stdout.write(
            _("Yure is on %(address)s and its office on %(office)s")
            % {"address": address, "office": address + "admin/"}
        )
        accounts = demo_accounts_shown()
        if accounts:
            self.stdout.write(
                _("Demo accounts (password %(password)s): %(accounts)s")
                % {"password": DEMO_PASSWORD, "accounts": ", ".join(accounts)}
            )
            self.stdout.write(_("Data of this installation: %(folder)s") % {"folder": f"{VAR_DIR.name}/"})
