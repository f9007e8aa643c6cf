"""What the database refuses of help: a case or list whose story does not hold together is not paid."""

from dataclasses import dataclass

from fund.ledger.guards import ONLY_SQLITE, Guard, NoTruncate, changed

# The stories behind entries: what was paid to whom by whom, and every step of a case, is written once.
PAID_CASE = "('paid', 'receipted', 'closed')"
PAID_LIST = "('paid', 'signed')"
BECOMES_PAID = "NEW.state = 'paid' AND OLD.state <> 'paid'"
ACTOR_FIELDS = ("proposed_by_id", "reviewed_by_id", "approved_by_id", "approved_second_by_id", "paid_by_id")

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
        f" AND r.user_id IN ({', '.join(f'NEW.{field}' for field in ACTOR_FIELDS)}))"
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
