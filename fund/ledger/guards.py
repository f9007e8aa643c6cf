"""The kinds of triggers, written for both databases: what refuses a row, and what writes a new edition."""

from dataclasses import dataclass

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
    """A change of a table that public pages of the fund read writes a new edition (`fund.models.Edition`).

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
