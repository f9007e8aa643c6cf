"""Where the parts of a drawing stand: numbers in, coordinates out. Every drawing carries its table."""

from dataclasses import dataclass
from decimal import Decimal

# Units of the drawing's own grid, one about a pixel at the size it is read.
BASE, TALLEST, PITCH, BAR, MARGIN = 170, 146, 82, 26, 12


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
class FlowColumn:
    """One period: its figures in yuan, and where its two bars and its dot stand."""

    label: str
    income: Decimal
    spending: Decimal
    balance: Decimal
    x_income: int
    x_spending: int
    x_middle: int
    y_income: str
    y_spending: str
    y_balance: str
    height_income: str
    height_spending: str
    income_address: str = ""
    spending_address: str = ""

    @property
    def x_income_text(self):
        return self.x_income + BAR // 2

    @property
    def x_spending_text(self):
        return self.x_spending + BAR // 2


@dataclass(frozen=True)
class FlowChart:
    """Income and spending as pairs of bars, the balance as a line over them."""

    columns: tuple
    width: int
    path: str
    bar: int = BAR
    base: int = BASE


def flow_chart(rows):
    """A chart of `(label, income, spending, balance)` a period, in yuan; addresses of the lines of both may follow."""
    rows = [(*row, "", "")[:6] for row in rows]
    largest = max([Decimal(value) for row in rows for value in row[1:4]] + [Decimal(1)])

    def height(amount):
        return max(Decimal(amount), Decimal(0)) / largest * TALLEST

    columns = []
    for place, (label, income, spending, balance, income_address, spending_address) in enumerate(rows):
        left = 2 * MARGIN + place * PITCH
        columns.append(
            FlowColumn(
                label, income, spending, balance,
                x_income=left,
                x_spending=left + BAR + 4,
                x_middle=left + BAR + 2,
                y_income=f"{BASE - height(income):.1f}",
                y_spending=f"{BASE - height(spending):.1f}",
                y_balance=f"{BASE - height(balance):.1f}",
                height_income=f"{height(income):.1f}",
                height_spending=f"{height(spending):.1f}",
                income_address=income_address,
                spending_address=spending_address,
            )
        )  # fmt: skip
    path = "L".join(f"{column.x_middle} {column.y_balance}" for column in columns)
    return FlowChart(tuple(columns), 2 * MARGIN + len(columns) * PITCH, f"M{path}" if path else "")
