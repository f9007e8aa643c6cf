"""Prepares the installation and becomes the production server; a second start or a port in use ends with a sentence."""

import os
import socket
import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.environment import VAR_DIR

HOST = "127.0.0.1"
LOCK_FILE = VAR_DIR / "serving"


class Command(BaseCommand):
    help = "Prepare the installation (the demo fills an empty database), then serve it on http://127.0.0.1:PORT/."
    requires_system_checks: list[str] = []

    def handle(self, **options):
        port = settings.PORT
        self._hold_lock(port)
        refuse_taken_port(port)
        prepared = subprocess.run([sys.executable, sys.argv[0], "prepare", "--demo-if-empty"])
        if prepared.returncode:
            raise SystemExit(prepared.returncode)
        # Preparing takes a while, and somebody else may have taken the port meanwhile.
        refuse_taken_port(port)
        arguments = ["--interface", "wsgi", "--no-ws", "--host", HOST, "--port", str(port), "--workers", "1"]
        arguments += ["--blocking-threads", "4", "--workers-kill-timeout", "10", "--log-level", "warning"]
        os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments, "config.wsgi:application"])

    def _hold_lock(self, port):
        """Keep the file of the running server locked for as long as this process, and the server it becomes, runs."""
        try:
            # Windows has no such module; there only the port shows that a server runs.
            import fcntl
        except ImportError:
            return
        LOCK_FILE.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            running_on = os.read(descriptor, 10).decode() or str(port)
            raise CommandError(
                _("This installation runs already: %(address)s. Stop it there (Ctrl+C) before it is started again.")
                % {"address": f"http://{HOST}:{running_on}/"}
            ) from held
        os.set_inheritable(descriptor, True)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(port).encode())


def refuse_taken_port(port):
    """CommandError where another program listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # a server that has just stopped leaves the port in a state that a new one may take over
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as problem:
            raise CommandError(
                _("Port %(port)s cannot be used: %(reason)s. Choose another one: PORT=8001 make run")
                % {"port": port, "reason": reason_of(problem)}
            ) from problem


def reason_of(problem):
    if isinstance(problem, OverflowError):
        return _("a port is a number up to 65535")
    if isinstance(problem, PermissionError):
        return _("only an administrator may use it")
    return _("another program uses it")
