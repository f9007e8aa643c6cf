"""How long the bars of a drawing are: amounts in, percentages out. Every drawing carries its table."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Bar:
    """One row of a bar table: what, how much (yuan or a count), and its share of the whole."""

    label: str
    amount: Decimal
    note: str = ""
    address: str = ""
    share: Decimal = Decimal(0)

    @property
    def width(self):
        """Length of the bar as an SVG percentage."""
        return f"{self.share * 100:.1f}%"


def bars(rows):
    """Bars of `(label, amount, note, address)`, each as long as its share of the sum; a negative amount has none."""
    rows = [(*row, "", "")[:4] for row in rows]
    whole = sum((Decimal(row[1]) for row in rows), Decimal(0))
    return [
        Bar(label, amount, note, address, max(Decimal(amount) / whole, Decimal(0)) if whole > 0 else Decimal(0))
        for label, amount, note, address in rows
    ]


@dataclass(frozen=True)
class FlowRow:
    """One period: its figures in yuan, and the share of the largest that its three bars have."""

    label: str
    income: Decimal
    spending: Decimal
    balance: Decimal
    income_width: str
    spending_width: str
    balance_width: str
    income_address: str = ""
    spending_address: str = ""


def flow_chart(rows):
    """A chart of `(label, income, spending, balance)` a period, in yuan; addresses of the lines of both may follow.

    Lengths are percentages and words stay outside the drawing, so that type is as large as the reader has set it.
    """
    rows = [(*row, "", "")[:6] for row in rows]
    largest = max([Decimal(value) for row in rows for value in row[1:4]] + [Decimal(1)])

    def width(amount):
        return f"{max(Decimal(amount), Decimal(0)) / largest * 100:.1f}%"

    return [
        FlowRow(
            label,
            income,
            spending,
            balance,
            *(width(amount) for amount in (income, spending, balance)),
            income_address,
            spending_address,
        )
        for label, income, spending, balance, income_address, spending_address in rows
    ]
