"""What is wrong with an installation's settings, in words, before anything runs."""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config import lost_keys
from config.catalogues import is_stale
from config.kit.crypto import read_keys

TAG = "environment"


@checks.register(TAG)
def check_environment(app_configs=None, **kwargs):
    errors = [checks.Error(problem, id="yure.E001") for problem in settings.ENVIRONMENT_PROBLEMS]
    try:
        settings.SECRET_KEY  # noqa: B018  Django itself refuses an empty key on access
    except ImproperlyConfigured:
        errors.append(
            checks.Error(
                "SECRET_KEY is missing.",
                hint="'make run' writes one into var/secrets.env; or set SECRET_KEY in the environment.",
                id="yure.E002",
            )
        )
    errors += check_field_keys()
    errors += check_catalogue()
    if settings.DEBUG and any(not is_loopback(host) for host in settings.ALLOWED_HOSTS):
        errors.append(
            checks.Error(
                "DEBUG is on while the site answers on a public name.",
                hint="Take DEBUG out of the environment.",
                id="yure.E004",
            )
        )
    return errors


def check_field_keys():
    try:
        read_keys(settings.FIELD_KEYS)
    except ValueError as problem:
        return [
            checks.Error(
                f"FIELD_KEYS cannot be used: {problem}",
                hint="'make run' writes one into var/secrets.env; the form is name:64 hexadecimal digits.",
                id="yure.E003",
            )
        ]
    return []


def check_catalogue():
    if not is_stale():
        return []
    return [
        checks.Error(
            "The Chinese catalogue is not compiled, and this user may not write beside the code.",
            hint="Run 'manage.py check' once as the owner of the code: every start compiles what is missing.",
            id="yure.E005",
        )
    ]


def is_loopback(host):
    """Whether a name of ALLOWED_HOSTS can only be reached from this machine."""
    return host in {"localhost", "127.0.0.1", "[::1]", "::1"}


def refuse_bad_environment():
    """Stop the server's start with the sentences of the checks; `manage.py` commands run the same checks themselves."""
    errors = checks.run_checks(tags=[TAG]) or checks.run_checks(tags=[lost_keys.TAG])
    if not connection.in_atomic_block:
        # Each worker of the server opens its own.
        connection.close()
    if errors:
        raise SystemExit("\n".join(f"{error.msg} {error.hint or ''}".strip() for error in errors))
