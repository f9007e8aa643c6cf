"""What the database itself refuses about the ledger, help, published statements and hours of service, and what it tells the
kept pages.

The same rules stand in each subject's `rules` with sentences for people; these hold against raw SQL too. A guard is written once
for both databases: a table, an event and, word by word, the SQL condition on NEW and OLD that is refused.

Every `migrate` takes all triggers down before its first migration and puts them up after its last, because SQLite renames
no table that a trigger names and loses the triggers of a table it rebuilds. What names a table or column that is
not there, because only some migrations ran, waits until it is.

What they cannot hold: whoever may write SQL may also drop a trigger, so `manage.py verify` names those that are missing and
recomputes what they protect. REPLACE in SQLite removes the row in its way without firing a DELETE trigger; pots, accounts,
entries and published statements answer that with rules of their own, month totals, which every booking adds to by an upsert,
cannot. A month total that was invented or raised is found by `verify` alone. PostgreSQL rounds a fraction in a raw INSERT to whole fen before any trigger sees it.
"""

import re
import secrets
from functools import cached_property

from django.db import connections, transaction

from fund.ledger.guards import BOTH, ONLY_POSTGRESQL, ONLY_SQLITE, Bump, Guard, NoTruncate, changed, published
from fund.ledger.models import ENTRIES_PER_POT
from fund.ledger.stories import STORIES

SAME_POT = "EXISTS (SELECT 1 FROM fund_account a WHERE a.id = NEW.{side}_id AND a.pot_id = NEW.pot_id)"

# The rules on keys repeat unique constraints: INSERT OR REPLACE of SQLite would answer those by removing the entry that
# stands there. Keys are pot and number, so the order of an entry is checked against the entries next to it alone.
ENTRY_RULES = {
    "its key does not fit its number": f"NEW.id <> NEW.pot_id * {ENTRIES_PER_POT} + NEW.number OR NEW.number < 1",
    "the same movement is booked already": (
        "EXISTS (SELECT 1 FROM fund_entry e WHERE e.pot_id = NEW.pot_id AND e.key = NEW.key)"
    ),
    "the entry is reversed already": (
        "NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM fund_entry e WHERE e.reverses_id = NEW.reverses_id)"
    ),
    "entry is out of order": (
        "EXISTS (SELECT 1 FROM fund_entry e WHERE e.id = NEW.id)"
        " OR (NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM fund_entry e WHERE e.id = NEW.id - 1"
        " AND e.pot_id = NEW.pot_id AND e.digest = NEW.previous_digest))"
    ),
    "account of another pot": f"NOT ({SAME_POT.format(side='debit')} AND {SAME_POT.format(side='credit')})",
    "before the pot was opened": (
        "EXISTS (SELECT 1 FROM fund_pot p WHERE p.id = NEW.pot_id AND p.opened_on > NEW.booked_on)"
    ),
    "the period is closed": (
        "EXISTS (SELECT 1 FROM fund_pot p WHERE p.id = NEW.pot_id AND p.closed_until >= NEW.booked_on)"
    ),
    "more than the account holds": (
        "EXISTS (SELECT 1 FROM fund_account a WHERE a.id = NEW.credit_id AND a.kind = 'asset')"
        " AND NEW.amount > (SELECT COALESCE(SUM(m.debit) - SUM(m.credit), 0) FROM fund_monthtotal m"
        " WHERE m.account_id = NEW.credit_id)"
    ),
}

WHOLE_FEN = {"the amount is not in whole fen": "typeof(NEW.amount) <> 'integer'"}

ENTRIES_STAND = {
    "fund_pot": "EXISTS (SELECT 1 FROM fund_entry e WHERE e.pot_id = OLD.id)",
    "fund_account": "EXISTS (SELECT 1 FROM fund_entry e WHERE e.debit_id = OLD.id OR e.credit_id = OLD.id)",
}

# REPLACE in SQLite removes a row that is in the way without firing its DELETE trigger.
IN_THE_WAY = (
    "EXISTS (SELECT 1 FROM fund_statement s WHERE s.state = 'published' AND (s.id = NEW.id OR s.number = NEW.number"
    " OR s.previous_id = NEW.previous_id OR (s.pot_id = NEW.pot_id AND s.sequence = NEW.sequence)))"
)
PUBLISHED_OPEN = "a statement is published once its period is closed"
PERIOD_IS_OPEN = (
    "NEW.state = 'published' AND NOT EXISTS"
    " (SELECT 1 FROM fund_pot p WHERE p.id = NEW.pot_id AND p.closed_until >= NEW.period_to)"
)
FROZEN_STATEMENT = "published statements are never {}; publish a correction"

LEDGER = [
    Guard("fund_entry_no_update", "fund_entry", "UPDATE", {"entries are never changed; reverse them": "1 = 1"}),
    Guard("fund_entry_no_delete", "fund_entry", "DELETE", {"entries are never removed; reverse them": "1 = 1"}),
    NoTruncate("fund_entry", "entries are never removed; reverse them"),
    # A column of SQLite would take half a fen; PostgreSQL's own type does not.
    Guard("fund_entry_insert", "fund_entry", "INSERT", WHOLE_FEN | ENTRY_RULES, vendor=ONLY_SQLITE),
    Guard("fund_entry_insert", "fund_entry", "INSERT", ENTRY_RULES, vendor=ONLY_POSTGRESQL),
    Guard(
        "fund_monthtotal_update",
        "fund_monthtotal",
        "UPDATE",
        {
            "a month total keeps its account and month": changed("id", "account_id", "month"),
            "a month total only grows": "NEW.debit < OLD.debit OR NEW.credit < OLD.credit",
        },
    ),
    Guard("fund_monthtotal_delete", "fund_monthtotal", "DELETE", {"month totals are never removed": "1 = 1"}),
    NoTruncate("fund_monthtotal", "month totals are never removed"),
    Guard(
        "fund_pot_update",
        "fund_pot",
        "UPDATE",
        {
            "a pot with entries keeps its kind, short name and opening day": (
                f"{changed('id', 'kind', 'code', 'opened_on')} AND {ENTRIES_STAND['fund_pot']}"
            ),
            "a closed period is not opened again": (
                "OLD.closed_until IS NOT NULL AND (NEW.closed_until IS NULL OR NEW.closed_until < OLD.closed_until)"
            ),
        },
    ),
    Guard("fund_pot_delete", "fund_pot", "DELETE", {"a pot with entries stays": ENTRIES_STAND["fund_pot"]}),
    Guard(
        "fund_account_update",
        "fund_account",
        "UPDATE",
        {
            "an account with entries keeps its pot, kind and code": (
                f"{changed('id', 'pot_id', 'kind', 'code')} AND {ENTRIES_STAND['fund_account']}"
            )
        },
    ),
    Guard(
        "fund_account_delete",
        "fund_account",
        "DELETE",
        {"an account with entries stays": ENTRIES_STAND["fund_account"]},
    ),
    Guard(
        "fund_pot_no_replace",
        "fund_pot",
        "INSERT",
        {
            "a pot is never replaced": (
                "EXISTS (SELECT 1 FROM fund_pot p WHERE p.id = NEW.id OR p.code = NEW.code OR p.name = NEW.name)"
            )
        },
        vendor=ONLY_SQLITE,
    ),
    Guard(
        "fund_account_no_replace",
        "fund_account",
        "INSERT",
        {
            "an account is never replaced": (
                "EXISTS (SELECT 1 FROM fund_account a WHERE a.id = NEW.id"
                " OR (a.pot_id = NEW.pot_id AND a.kind = NEW.kind AND a.code = NEW.code))"
            )
        },
        vendor=ONLY_SQLITE,
    ),
]

STATEMENTS = [
    Guard(
        "fund_statement_no_update",
        "fund_statement",
        "UPDATE",
        {FROZEN_STATEMENT.format("changed"): "OLD.state = 'published'", PUBLISHED_OPEN: PERIOD_IS_OPEN},
    ),
    Guard(
        "fund_statement_insert",
        "fund_statement",
        "INSERT",
        {PUBLISHED_OPEN: PERIOD_IS_OPEN},
    ),
    Guard(
        "fund_statement_no_delete",
        "fund_statement",
        "DELETE",
        {FROZEN_STATEMENT.format("removed"): "OLD.state = 'published'"},
    ),
    NoTruncate("fund_statement", FROZEN_STATEMENT.format("removed")),
    Guard(
        "fund_statement_no_replace",
        "fund_statement",
        "INSERT",
        {FROZEN_STATEMENT.format("replaced"): IN_THE_WAY},
        vendor=ONLY_SQLITE,
    ),
    Guard(
        "fund_statement_no_takeover",
        "fund_statement",
        "UPDATE",
        {FROZEN_STATEMENT.format("replaced"): f"OLD.state <> 'published' AND {IN_THE_WAY}"},
        vendor=ONLY_SQLITE,
    ),
    Guard(
        "fund_statementname_insert",
        "fund_statementname",
        "INSERT",
        {"names of a published statement are never added": published("NEW")},
    ),
    # A consent taken back wipes the full name and its salt; nothing else of a published name ever changes.
    Guard(
        "fund_statementname_update",
        "fund_statementname",
        "UPDATE",
        {
            "names of a published statement are never changed, only wiped": (
                f"({published('OLD')} OR {published('NEW')}) AND"
                f" ({changed('id', 'statement_id', 'line', 'position', 'masked', 'masked_salt')}"
                f" OR ({changed('name')} AND NEW.name <> '') OR ({changed('name_salt')} AND NEW.name_salt <> ''))"
            )
        },
    ),
    Guard(
        "fund_statementname_delete",
        "fund_statementname",
        "DELETE",
        {"names of a published statement are never removed": published("OLD")},
    ),
    NoTruncate("fund_statementname", "names of a published statement are never removed"),
]

SERVICE = [
    Guard(
        "activities_servicerecord_no_update",
        "activities_servicerecord",
        "UPDATE",
        {"checked hours are never changed; correct the sheet": "1 = 1"},
    ),
    Guard(
        "activities_servicerecord_no_delete",
        "activities_servicerecord",
        "DELETE",
        {"checked hours are never removed; correct the sheet": "1 = 1"},
    ),
    NoTruncate("activities_servicerecord", "checked hours are never removed; correct the sheet"),
]

GUARDS = [*LEDGER, *STATEMENTS, *STORIES, *SERVICE]

# Every table that a kept page of the fund reads (`config/site/page_cache.py`), but for entries and month totals: those are
# seen by the newest digest of their pot, so that a booking in one pot has nothing to wait for in another. With columns,
# only their changes count: a sign-in writes into the table of users too.
PUBLIC_TABLES = {
    "auth_user": ("username", "first_name", "last_name"),
    "branches_branch": (),
    "branches_holiday": (),
    "branches_organization": (),
    "fund_account": (),
    "fund_allowancerun": (),
    "fund_assistancecase": (),
    "fund_condolenceround": (),
    "fund_condolencevisit": (),
    "fund_donation": (),
    "fund_pot": (),
    "fund_posting": (),
    "fund_question": (),
    "fund_statement": (),
    "fund_statementname": (),
}

EDITIONS = [
    Bump(table, event, columns if event == "UPDATE" else ())
    for table, columns in PUBLIC_TABLES.items()
    for event in ("INSERT", "UPDATE", "DELETE")
]

MENTIONED = re.compile(r"\b(?:FROM|JOIN) (\w+)")
COLUMN = re.compile(r"\b(?:NEW|OLD)\.(\w+)")


class _Schema:
    """Which tables and columns are there, asked once."""

    def __init__(self, connection):
        self.connection = connection

    @cached_property
    def columns(self):
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "sqlite":
                cursor.execute(
                    "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                )
            else:
                cursor.execute(
                    "SELECT table_name, column_name FROM information_schema.columns"
                    " WHERE table_schema = ANY(current_schemas(false))"
                )
            columns = {}
            for table, column in cursor.fetchall():
                columns.setdefault(table, set()).add(column)
            return columns

    def holds(self, guard):
        """Whether every table and column that a trigger names exists."""
        columns = set(COLUMN.findall(guard.body))
        return {guard.table, *MENTIONED.findall(guard.body)} <= set(self.columns) and columns <= self.columns[
            guard.table
        ]


def wanted(connection):
    """Every trigger this database can have by now."""
    schema = _Schema(connection)
    return [
        guard for guard in [*GUARDS, *EDITIONS] if guard.vendor in {BOTH, connection.vendor} and schema.holds(guard)
    ]


def install(connection):
    """Put every trigger in place, as it is written here; harmless where they stand already."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        installed = _installed(connection)
        for guard in wanted(connection):
            if installed.get(guard.name) == _text(connection, guard):
                continue
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
                cursor.execute(guard.sqlite())
            else:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $${guard.function()}$$"
                )
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}")
                cursor.execute(guard.postgresql())


def remove(connection):
    """Take every trigger down; the functions of PostgreSQL stay, nothing calls them."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND c.relnamespace = ANY(SELECT oid FROM pg_namespace"
                " WHERE nspname = ANY(current_schemas(false)))"
            )
        for name, table in cursor.fetchall():
            if name.startswith(("fund_", "edition_")):
                at = "" if connection.vendor == "sqlite" else f" ON {table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{at}")


def _text(connection, guard):
    if connection.vendor == "sqlite":
        return guard.sqlite()
    return f"{guard.function()} {' '.join(guard.postgresql().split()[1:])}"


def _installed(connection):
    """{name: text} of the triggers that stand and work."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            return dict(cursor.fetchall())
        cursor.execute(
            "SELECT t.tgname, p.prosrc, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
        )
        # PostgreSQL gives the trigger back in its own spelling, so of that only its being there is compared.
        ours = {guard.name: guard for guard in [*GUARDS, *EDITIONS] if guard.vendor != ONLY_SQLITE}
        return {
            name: _text(connection, ours[name]) if name in ours and text == ours[name].function() else text
            for name, text, _definition in cursor.fetchall()
        }


def missing(connection):
    """Names of the triggers that are not there or not as they are written here."""
    installed = _installed(connection)
    return sorted(guard.name for guard in wanted(connection) if installed.get(guard.name) != _text(connection, guard))


def remove_before_migrate(sender, using, plan=(), **kwargs):
    """Migrations work on bare tables; where there is nothing to migrate, the books stay guarded throughout."""
    if plan:
        remove(connections[using])


def install_after_migrate(sender, using, **kwargs):
    connection = connections[using]
    install(connection)
    if "fund_edition" in _Schema(connection).columns:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO fund_edition (id, number) SELECT 1, %s WHERE NOT EXISTS (SELECT 1 FROM fund_edition)",
                [secrets.randbelow(2**62)],
            )
