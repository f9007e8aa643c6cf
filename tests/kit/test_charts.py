"""Bars are as long as their share, those of a flow as long as their share of the largest; nothing drawn leaves its drawing."""

from decimal import Decimal

from config.kit.charts import bars, flow_chart


def test_bars_are_as_long_as_their_share_of_the_sum():
    drawn = bars(
        [("党员捐款", Decimal("15200")), ("社会捐款", Decimal("7800"), "6 笔", "/lines/"), ("拨付", Decimal("2000"))]
    )

    assert [bar.width for bar in drawn] == ["60.8%", "31.2%", "8.0%"]
    assert (drawn[1].note, drawn[1].address) == ("6 笔", "/lines/")


def test_nothing_and_less_than_nothing_have_no_bar():
    assert [bar.width for bar in bars([("a", Decimal(0)), ("b", Decimal(0))])] == ["0.0%", "0.0%"]
    assert [bar.width for bar in bars([("a", Decimal(30)), ("red", Decimal(-10))])] == ["150.0%", "0.0%"]
    assert bars([]) == []


def test_the_largest_amount_is_as_long_as_the_chart_allows():
    first, second = flow_chart(
        [
            ("2015", Decimal(7800), Decimal(900), Decimal(6900)),
            ("2016", Decimal(6000), Decimal(-10), 0, "/in/", "/out/"),
        ]
    )

    assert (first.income_width, first.spending_width, first.balance_width) == ("100.0%", "11.5%", "88.5%")
    assert (second.income_width, second.spending_width, second.balance_width) == ("76.9%", "0.0%", "0.0%")
    assert (second.label, second.income_address, second.spending_address) == ("2016", "/in/", "/out/")


def test_an_empty_pot_draws_an_empty_chart():
    assert flow_chart([]) == []
    assert flow_chart([("2015", 0, 0, 0)])[0].income_width == "0.0%"
