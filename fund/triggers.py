"""What the database itself refuses about the ledger and published statements, whoever writes to it.

The same rules stand in `fund/rules.py` with sentences for people; these hold against raw SQL too. They are installed by a
migration and put back after every `migrate`, because SQLite loses them when a later migration rebuilds a table.
"""

from contextlib import contextmanager

from fund.models.ledger import ENTRIES_PER_POT

SAME_POT = "EXISTS (SELECT 1 FROM fund_account a WHERE a.id = NEW.{side}_id AND a.pot_id = NEW.pot_id)"

# What must not be when an entry is written, each with the word it is refused with. The rules on keys repeat unique
# constraints: INSERT OR REPLACE of SQLite would answer those by removing the entry that stands there.
ENTRY_RULES = {
    "its key does not fit its number": f"NEW.id <> NEW.pot_id * {ENTRIES_PER_POT} + NEW.number",
    "the same movement is booked already": (
        "EXISTS (SELECT 1 FROM fund_entry e WHERE e.pot_id = NEW.pot_id AND e.key = NEW.key)"
    ),
    "the entry is reversed already": "EXISTS (SELECT 1 FROM fund_entry e WHERE e.reverses_id = NEW.reverses_id)",
    "entry is out of order": (
        "NEW.number <> (SELECT COALESCE(MAX(e.number), 0) + 1 FROM fund_entry e WHERE e.pot_id = NEW.pot_id)"
        " OR (NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM fund_entry e WHERE e.pot_id = NEW.pot_id"
        " AND e.number = NEW.number - 1 AND e.digest = NEW.previous_digest))"
    ),
    "account of another pot": f"NOT ({SAME_POT.format(side='debit')} AND {SAME_POT.format(side='credit')})",
    "before the pot was opened": (
        "EXISTS (SELECT 1 FROM fund_pot p WHERE p.id = NEW.pot_id AND p.opened_on > NEW.booked_on)"
    ),
    "the period is closed": (
        "EXISTS (SELECT 1 FROM fund_statement s WHERE s.pot_id = NEW.pot_id AND s.state = 'published'"
        " AND s.period_to >= NEW.booked_on)"
    ),
    "more than the account holds": (
        "EXISTS (SELECT 1 FROM fund_account a WHERE a.id = NEW.credit_id AND a.kind = 'asset')"
        " AND NEW.amount > (SELECT COALESCE(SUM(m.debit) - SUM(m.credit), 0) FROM fund_monthtotal m"
        " WHERE m.account_id = NEW.credit_id)"
    ),
}

# REPLACE in SQLite removes a row that is in the way without firing its DELETE trigger.
IN_THE_WAY = (
    "EXISTS (SELECT 1 FROM fund_statement s WHERE s.state = 'published' AND (s.id = NEW.id OR s.number = NEW.number"
    " OR s.previous_id = NEW.previous_id OR (s.pot_id = NEW.pot_id AND s.sequence = NEW.sequence)))"
)

SQLITE = {
    "fund_entry_no_update": (
        "BEFORE UPDATE ON fund_entry BEGIN SELECT RAISE(ABORT, 'entries are never changed; reverse them'); END"
    ),
    "fund_entry_no_delete": (
        "BEFORE DELETE ON fund_entry BEGIN SELECT RAISE(ABORT, 'entries are never removed; reverse them'); END"
    ),
    "fund_entry_insert": "BEFORE INSERT ON fund_entry BEGIN "
    # A column of SQLite would take half a fen; PostgreSQL's own type does not.
    + "SELECT RAISE(ABORT, 'the amount is not in whole fen') WHERE typeof(NEW.amount) <> 'integer'; "
    + " ".join(f"SELECT RAISE(ABORT, '{word}') WHERE {rule};" for word, rule in ENTRY_RULES.items())
    + " END",
    "fund_statement_no_update": (
        "BEFORE UPDATE ON fund_statement WHEN OLD.state = 'published'"
        " BEGIN SELECT RAISE(ABORT, 'published statements are never changed; publish a correction'); END"
    ),
    "fund_statement_no_delete": (
        "BEFORE DELETE ON fund_statement WHEN OLD.state = 'published'"
        " BEGIN SELECT RAISE(ABORT, 'published statements are never removed; publish a correction'); END"
    ),
    "fund_statement_no_replace": (
        f"BEFORE INSERT ON fund_statement WHEN {IN_THE_WAY}"
        " BEGIN SELECT RAISE(ABORT, 'published statements are never replaced; publish a correction'); END"
    ),
    "fund_statement_no_takeover": (
        f"BEFORE UPDATE ON fund_statement WHEN OLD.state <> 'published' AND {IN_THE_WAY}"
        " BEGIN SELECT RAISE(ABORT, 'published statements are never replaced; publish a correction'); END"
    ),
}

PG_FUNCTIONS = {
    "fund_refuse": "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END",
    "fund_entry_rules": "BEGIN "
    + " ".join(
        f"IF {rule} THEN RAISE EXCEPTION '{word}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        for word, rule in ENTRY_RULES.items()
    )
    + " RETURN NEW; END",
}
PG = {
    "fund_entry_no_change": (
        "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
        " EXECUTE FUNCTION fund_refuse('entries are never changed or removed; reverse them')",
        "fund_entry",
    ),
    "fund_entry_no_truncate": (
        "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
        " EXECUTE FUNCTION fund_refuse('entries are never removed; reverse them')",
        "fund_entry",
    ),
    "fund_entry_insert": ("BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fund_entry_rules()", "fund_entry"),
    "fund_statement_no_change": (
        "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW WHEN (OLD.state = 'published')"
        " EXECUTE FUNCTION fund_refuse('published statements are never changed; publish a correction')",
        "fund_statement",
    ),
    "fund_statement_no_truncate": (
        "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
        " EXECUTE FUNCTION fund_refuse('published statements are never removed; publish a correction')",
        "fund_statement",
    ),
}


def install(connection):
    """Put every trigger in place, as it is written here; harmless where they stand already."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in missing(connection):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} {SQLITE[name]}")
        else:
            for name, body in PG_FUNCTIONS.items():
                cursor.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
            for name, (body, table) in PG.items():
                cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {body}".format(table=table))


def remove(connection):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name, (_, table) in PG.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def missing(connection):
    """Names of the triggers, and of their functions, that are not there or not as they are written here."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = {name for name, text in cursor.fetchall() if text == f"CREATE TRIGGER {name} {SQLITE.get(name)}"}
            return sorted(set(SQLITE) - found)
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        found = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname = ANY(%s)", [list(PG_FUNCTIONS)])
        found |= {name for name, text in cursor.fetchall() if text == f" {PG_FUNCTIONS[name]} "}
    return sorted({*PG, *PG_FUNCTIONS} - found)


@contextmanager
def lifted(connection):
    """Only for emptying a whole test database; nothing in the program calls it."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def install_after_migrate(sender, using, **kwargs):
    from django.db import connections

    from fund.models import Entry

    connection = connections[using]
    if {Entry._meta.db_table, "fund_statement", "fund_monthtotal"} <= set(connection.introspection.table_names()):
        install(connection)
