"""The dataclass of one pending task: what, until when, and the address where it is done."""

from dataclasses import dataclass
from datetime import date

# Tasks of one kind on the today page; the list behind them shows all.
AT_MOST = 10


@dataclass(frozen=True)
class Task:
    """Due day (or None), a title, a sentence, the address where it is done, and the word on the button."""

    due: date | None
    title: str
    sentence: str
    address: str
    button: str
    today: date

    @property
    def days(self):
        """Days from today to the due day, negative when it has passed, or None."""
        return None if self.due is None else (self.due - self.today).days

    @property
    def is_late(self):
        return self.days is not None and self.days < 0

    @property
    def days_late(self):
        return -self.days if self.is_late else 0


def in_order(tasks):
    """By due day, what has none last."""
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max, task.title))
