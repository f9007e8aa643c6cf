"""What the database itself refuses about the ledger, help and published statements, and what it tells the kept pages.

The same rules stand in `fund/rules/` with sentences for people; these hold against raw SQL too. A guard is written once
for both databases: a table, an event and, word by word, the SQL condition on NEW and OLD that is refused.

Every `migrate` takes all triggers down before its first migration and puts them up after its last, because SQLite renames
no table that a trigger speaks of and loses the triggers of a table it rebuilds. What speaks of a table or column that is
not there, because only some migrations ran, waits until it is.

What they cannot hold: whoever may write SQL may also drop a trigger, so `manage.py verify` names those that are missing and
recomputes what they protect. REPLACE in SQLite removes the row in its way without firing a DELETE trigger; pots, accounts,
entries and published statements answer that with rules of their own, month totals, which every booking adds to by an upsert,
cannot. A month total that was invented or raised is found by `verify` alone. PostgreSQL rounds a fraction in a raw INSERT to whole fen before any trigger sees it.
"""

import re
import secrets
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from fund.ledger.models import ENTRIES_PER_POT

BOTH, ONLY_SQLITE, ONLY_POSTGRESQL = "both", "sqlite", "postgresql"


@dataclass(frozen=True)
class Guard:
    """A trigger before an event (INSERT, UPDATE or DELETE) that refuses a row: `rules` are {word: condition}."""

    name: str
    table: str
    event: str
    rules: dict
    vendor: str = BOTH

    @property
    def body(self):
        return " ".join(self.rules.values())

    def sqlite(self):
        # RAISE takes a literal alone, so each word has its own branch.
        cases = " ".join(f"WHEN {rule} THEN RAISE(ABORT, '{word}')" for word, rule in self.rules.items())
        return f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} BEGIN SELECT CASE {cases} END; END"

    def function(self):
        cases = " ".join(f"WHEN {rule} THEN '{word}'" for word, rule in self.rules.items())
        return (
            f" DECLARE refused text := CASE {cases} END; BEGIN IF refused IS NOT NULL THEN"
            " RAISE EXCEPTION '%', refused USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {'OLD' if self.event == 'DELETE' else 'NEW'}; END "
        )

    def postgresql(self):
        return f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()"


@dataclass(frozen=True)
class NoTruncate:
    """TRUNCATE, which only PostgreSQL has, would empty a table past the guards of its rows."""

    table: str
    word: str
    vendor: str = ONLY_POSTGRESQL
    body: str = ""

    @property
    def name(self):
        return f"{self.table}_no_truncate"

    def function(self):
        return f" BEGIN RAISE EXCEPTION '{self.word}' USING ERRCODE = 'integrity_constraint_violation'; END "

    def postgresql(self):
        return (
            f"CREATE TRIGGER {self.name} BEFORE TRUNCATE ON {self.table} FOR EACH STATEMENT"
            f" EXECUTE FUNCTION {self.name}()"
        )


@dataclass(frozen=True)
class Bump:
    """A change of a table that public pages of the fund read draws a new edition (`fund.models.Edition`).

    On PostgreSQL it waits for the end of the transaction, and is done once: the one row is held only while that
    transaction commits, as the last thing it takes, so pots neither wait for each other's work nor block each other.
    """

    table: str
    event: str
    columns: tuple = ()
    vendor: str = BOTH

    @property
    def name(self):
        return f"edition_{self.table}_{self.event.lower()}"

    @property
    def body(self):
        return "FROM fund_edition " + " ".join(f"NEW.{column}" for column in self.columns)

    @property
    def _when(self):
        return f"AFTER {self.event}" + (f" OF {', '.join(self.columns)}" if self.columns else "")

    def sqlite(self):
        return f"CREATE TRIGGER {self.name} {self._when} ON {self.table} BEGIN UPDATE fund_edition SET number = random(); END"

    def function(self):
        return (
            " BEGIN IF current_setting('yure.edition', true) IS DISTINCT FROM txid_current()::text THEN"
            " UPDATE fund_edition SET number = (random() * 9e15)::bigint;"
            " PERFORM set_config('yure.edition', txid_current()::text, true); END IF; RETURN NULL; END "
        )

    def postgresql(self):
        return (
            f"CREATE CONSTRAINT TRIGGER {self.name} {self._when} ON {self.table} DEFERRABLE INITIALLY DEFERRED"
            f" FOR EACH ROW EXECUTE FUNCTION {self.name}()"
        )


def changed(*columns):
    """Whether an UPDATE changes one of the columns, empty values included, on either database."""
    return (
        "("
        + " OR ".join(
            f"(NEW.{column} <> OLD.{column} OR (NEW.{column} IS NULL) <> (OLD.{column} IS NULL))" for column in columns
        )
        + ")"
    )


def published(alias):
    """Whether the statement of a row (`NEW` or `OLD`) with a statement_id is published."""
    return f"EXISTS (SELECT 1 FROM fund_statement s WHERE s.id = {alias}.statement_id AND s.state = 'published')"


SAME_POT = "EXISTS (SELECT 1 FROM fund_account a WHERE a.id = NEW.{side}_id AND a.pot_id = NEW.pot_id)"

# The rules on keys repeat unique constraints: INSERT OR REPLACE of SQLite would answer those by removing the entry that
# stands there. Keys are pot and number, so the order of an entry is a question to its neighbours alone.
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

# The stories behind entries: what was paid to whom by whom, and every step of a case, is written once.
PAID_CASE = "('paid', 'receipted', 'closed')"
PAID_LIST = "('paid', 'signed')"
BECOMES_PAID = "NEW.state = 'paid' AND OLD.state <> 'paid'"
HANDS = ("proposed_by_id", "reviewed_by_id", "approved_by_id", "approved_second_by_id", "paid_by_id")

CASE_RULES = {
    "only a payable case is paid": (
        f"NEW.state IN {PAID_CASE} AND OLD.state NOT IN {PAID_CASE}"
        " AND NOT (NEW.state = 'paid' AND OLD.state = 'payable')"
    ),
    "the entry is not of this payment": (
        f"{BECOMES_PAID} AND NOT EXISTS (SELECT 1 FROM fund_entry e WHERE e.id = NEW.entry_id AND e.pot_id = NEW.pot_id"
        " AND e.amount = NEW.approved_amount AND e.booked_on = NEW.paid_on AND e.recorded_by_id = NEW.paid_by_id)"
    ),
    "the notice is not over": (
        f"{BECOMES_PAID} AND NOT NEW.is_emergency AND (NEW.notice_to IS NULL OR NEW.paid_on <= NEW.notice_to)"
    ),
    "an objection is open": (
        f"{BECOMES_PAID} AND EXISTS (SELECT 1 FROM fund_question q WHERE q.case_id = NEW.id AND q.kind = 'objection'"
        " AND q.state IN ('received', 'open'))"
    ),
    "a hand is recused": (
        f"{BECOMES_PAID} AND EXISTS (SELECT 1 FROM fund_recusal r"
        " WHERE (r.person_key = NEW.person_key OR r.name_key = NEW.person_key)"
        f" AND r.user_id IN ({', '.join(f'NEW.{hand}' for hand in HANDS)}))"
    ),
}


def _paid_list(parent, key, row):
    return f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {row}.{key} AND p.state IN {PAID_LIST})"


@dataclass(frozen=True)
class Story:
    """Records that are frozen once they are paid: which rows (a condition on {row}), which columns, what is said."""

    table: str
    rows: str
    columns: tuple
    word: str
    unique: tuple = ("id", "entry_id")
    stays: str = ""

    def guards(self):
        old, new = self.rows.format(row="OLD"), self.rows.format(row="NEW")
        met = " OR ".join(f"o.{column} = NEW.{column}" for column in self.unique)
        in_the_way = f"EXISTS (SELECT 1 FROM {self.table} o WHERE ({met}) AND {self.rows.format(row='o')}{{but}})"
        frozen = {
            self.word: f"{old} AND ({' OR '.join([changed('id', *self.columns), *([self.stays] if self.stays else [])])})"
        }
        return [
            Guard(f"{self.table}_frozen", self.table, "UPDATE", frozen),
            Guard(f"{self.table}_no_delete", self.table, "DELETE", {self.word: old}),
            NoTruncate(self.table, self.word),
            Guard(
                f"{self.table}_no_replace",
                self.table,
                "INSERT",
                {self.word: in_the_way.format(but="")},
                vendor=ONLY_SQLITE,
            ),
            Guard(
                f"{self.table}_no_takeover",
                self.table,
                "UPDATE",
                {self.word: in_the_way.format(but=" AND o.id <> OLD.id")},
                vendor=ONLY_SQLITE,
            ),
            *self._begins(old, new),
        ]

    def _begins(self, old, new):
        """Nothing is written as paid from the first, and no line gets into a list that was paid."""
        if self.table in {"fund_donation", "fund_casestep"}:
            return []
        guards = [Guard(f"{self.table}_begins", self.table, "INSERT", {self.word: new})]
        if not self.stays:
            guards.append(Guard(f"{self.table}_stays_out", self.table, "UPDATE", {self.word: f"NOT {old} AND {new}"}))
        return guards


PAYMENT = ("pot_id", "entry_id", "paid_on", "method", "proposed_by_id", "approved_by_id", "paid_by_id")
STORIES = [
    Guard("fund_assistancecase_paid", "fund_assistancecase", "UPDATE", CASE_RULES),
    *[
        guard
        for story in (
            Story(
                "fund_assistancecase",
                f"{{row}}.state IN {PAID_CASE}",
                ("case_no", "beneficiary", "beneficiary_member_id", "person_key", "approved_amount", "is_emergency")
                + (*PAYMENT, "reviewed_by_id", "approved_second_by_id"),
                "paid cases are never changed or removed; reverse the entry",
                stays=f"NEW.state NOT IN {PAID_CASE}",
            ),
            Story(
                "fund_condolenceround",
                f"{{row}}.state IN {PAID_LIST}",
                ("season", *PAYMENT),
                "paid rounds are never changed or removed; reverse the entry",
                stays=f"NEW.state NOT IN {PAID_LIST}",
            ),
            Story(
                "fund_condolencevisit",
                _paid_list("fund_condolenceround", "round_id", "{row}"),
                ("round_id", "name", "member_id", "category", "branch_id", "unit", "amount", "person_key"),
                "visits of a paid round are never changed or removed; reverse the entry",
                unique=("id",),
            ),
            Story(
                "fund_allowancerun",
                f"{{row}}.state IN {PAID_LIST}",
                ("month", *PAYMENT),
                "paid allowances are never changed or removed; reverse the entry",
                stays=f"NEW.state NOT IN {PAID_LIST}",
            ),
            Story(
                "fund_allowanceline",
                _paid_list("fund_allowancerun", "run_id", "{row}"),
                ("run_id", "name", "branch_id", "post", "amount"),
                "lines of a paid allowance are never changed or removed; reverse the entry",
                unique=("id",),
            ),
            Story(
                "fund_donation",
                "{row}.entry_id IS NOT NULL",
                ("pot_id", "amount", "source", "entry_id"),
                "booked gifts are never changed or removed; reverse the entry",
            ),
            Story(
                "fund_casestep",
                "1 = 1",
                ("case_id", "act", "from_state", "to_state", "by_id", "at", "remark"),
                "the steps of a case are never changed or removed",
                unique=("id",),
            ),
        )
        for guard in story.guards()
    ],
]

GUARDS = [*LEDGER, *STATEMENTS, *STORIES]

# Every table that a kept page of the fund reads (`config/site/finished.py`), but for entries and month totals: those are
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
            found = {}
            for table, column in cursor.fetchall():
                found.setdefault(table, set()).add(column)
            return found

    def holds(self, one):
        """Whether all that a trigger speaks of is there."""
        return {one.table, *MENTIONED.findall(one.body)} <= set(self.columns) and set(COLUMN.findall(one.body)) <= (
            self.columns[one.table]
        )


def wanted(connection):
    """Every trigger this database can have by now."""
    schema = _Schema(connection)
    return [one for one in [*GUARDS, *EDITIONS] if one.vendor in {BOTH, connection.vendor} and schema.holds(one)]


def install(connection):
    """Put every trigger in place, as it is written here; harmless where they stand already."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        found = _found(connection)
        for one in wanted(connection):
            if found.get(one.name) == _text(connection, one):
                continue
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {one.name}")
                cursor.execute(one.sqlite())
            else:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $${one.function()}$$"
                )
                cursor.execute(f"DROP TRIGGER IF EXISTS {one.name} ON {one.table}")
                cursor.execute(one.postgresql())


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


def _text(connection, one):
    return (
        one.sqlite() if connection.vendor == "sqlite" else f"{one.function()} {' '.join(one.postgresql().split()[1:])}"
    )


def _found(connection):
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
        ours = {one.name: one for one in [*GUARDS, *EDITIONS] if one.vendor != ONLY_SQLITE}
        return {
            name: _text(connection, ours[name]) if name in ours and text == ours[name].function() else text
            for name, text, _definition in cursor.fetchall()
        }


def missing(connection):
    """Names of the triggers that are not there or not as they are written here."""
    found = _found(connection)
    return sorted(one.name for one in wanted(connection) if found.get(one.name) != _text(connection, one))


def remove_before_migrate(sender, using, plan=(), **kwargs):
    """Migrations work on bare tables; where there is nothing to migrate, the books stay guarded throughout."""
    from django.db import connections

    if plan:
        remove(connections[using])


def install_after_migrate(sender, using, **kwargs):
    from django.db import connections

    connection = connections[using]
    install(connection)
    if "fund_edition" in _Schema(connection).columns:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO fund_edition (id, number) SELECT 1, %s WHERE NOT EXISTS (SELECT 1 FROM fund_edition)",
                [secrets.randbelow(2**62)],
            )
