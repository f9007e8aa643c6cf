"""Checks that the configured keys decrypt what the database holds, before anything is served or written."""

from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection

from config.kit.crypto import EncryptedTextField, decrypt, read_keys

TAG = "keys"
LOOKED_AT = 500
# So many values that no key opens are damage, which the pages that show them say; more are a lost key.
SINGLE = 2


def sealed_samples():
    """`(column's purpose, sealed value)`: the oldest and the newest value of each encrypted column; no key is needed."""
    name = connection.settings_dict["NAME"]
    in_file = connection.vendor == "sqlite" and "memory" not in str(name)
    if in_file and not Path(name).exists():
        # Asking would make the file.
        return
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            if model._meta.db_table in tables:
                yield from _of_model(cursor, model)


def _of_model(cursor, model):
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    sealed = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
    if not sealed:
        return
    # Every command asks this, and Django's own description of a table parses the whole of its SQL.
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")
    there = {described[0] for described in cursor.description}
    for field in sealed:
        if field.column not in there:
            continue
        column = quote(field.column)
        for order in ("ASC", "DESC"):
            # The ends of a table show its keys; reading all of a column that is mostly empty would take seconds.
            ends = f"SELECT {column} FROM {table} ORDER BY {key} {order} LIMIT {LOOKED_AT}"
            cursor.execute(f"SELECT {column} FROM ({ends}) ends WHERE {column} <> '' LIMIT 1")
            for (value,) in cursor.fetchall():
                yield field.purpose, value


def names_of_keys():
    """Names of the keys that wrote to the database; none where there is no database yet."""
    try:
        return sorted({value.partition(":")[0] for _purpose, value in sealed_samples()})
    except DatabaseError:
        return []


def lost_keys():
    """`{name: whether a key of this name is configured}` of keys that wrote to the database and are not in FIELD_KEYS."""
    opened, lost = set(), defaultdict(set)
    try:
        names = set(read_keys(settings.FIELD_KEYS))
    except ValueError:
        names = set()
    for purpose, value in sealed_samples():
        name = value.partition(":")[0]
        try:
            decrypt(value, purpose=purpose)
            opened.add(name)
        except ValueError:
            lost[name].add(value)
    # A name that opened something is the right key, and a value or two among many that open were damaged singly.
    few = SINGLE if opened else 0
    return {name: name in names for name in sorted(lost) if name not in opened and len(lost[name]) > few}


@checks.register(TAG)
def check_keys_of_database(app_configs=None, **kwargs):
    try:
        lost = lost_keys()
    except DatabaseError:
        # No database yet.
        return []
    return [checks.Error(_sentence(name, same_name), hint=HINT, id="yure.E005") for name, same_name in lost.items()]


HINT = (
    "The key stood in var/secrets.env beside the old database, in the line FIELD_KEYS, or in the environment of its "
    "server. Put that line into var/secrets.env here (older keys behind newer ones, with a comma), then start again. "
    "Nothing was changed. Without the key nobody can read those values."
)


def _sentence(name, same_name):
    if same_name:
        return f"This database was written with another key {name} than the {name} in FIELD_KEYS."
    return f"This database was written with the key {name}, which is not in FIELD_KEYS."
