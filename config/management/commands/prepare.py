"""Makes ready what the server needs: keys, database, Chinese, static files and, where asked, the demo community."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.environment import VAR_DIR, write_secrets


class Command(BaseCommand):
    help = "Prepare an installation: keys, database, translations, static files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo-if-empty", action="store_true", help="load the demo community into an empty database"
        )
        parser.add_argument("--port", default="8000", help="named in the address that is printed")

    def handle(self, *, demo_if_empty, port, **options):
        if write_secrets():
            # The settings of this process were read before the file stood.
            return self._again(demo_if_empty=demo_if_empty, port=port)
        from config.translation import compile_catalogues

        compile_catalogues()
        call_command("check")
        call_command("migrate", verbosity=0)
        self._collect_static()
        if demo_if_empty:
            self._load_demo()
        self._say_where(port)
        return None

    def _again(self, **options):
        import subprocess
        import sys

        arguments = ["prepare", "--port", options["port"], *(["--demo-if-empty"] if options["demo_if_empty"] else [])]
        subprocess.run([sys.executable, sys.argv[0], *arguments], check=True)

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
        from branches.models import Organization

        if not Organization.objects.exists():
            self.stdout.write("The database is empty: loading the demo community …")
            call_command("load_demo", stdout=self.stdout)

    def _say_where(self, port):
        from config.site.accounts import DEMO_PASSWORD, demo_accounts_shown

        self.stdout.write(f"Yure is on http://127.0.0.1:{port}/ and its office on http://127.0.0.1:{port}/admin/")
        accounts = demo_accounts_shown()
        if accounts:
            self.stdout.write(f"Demo accounts (password {DEMO_PASSWORD}): {', '.join(accounts)}")
            self.stdout.write(f"Data of this installation: {VAR_DIR.name}/")
