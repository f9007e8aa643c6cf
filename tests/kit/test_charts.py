"""Bars are as long as their share, columns as high as their amount; nothing drawn leaves its drawing."""

from decimal import Decimal

from config.kit.charts import BASE, TALLEST, bars, flow_chart


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


def test_the_largest_amount_is_as_high_as_the_chart_allows():
    chart = flow_chart(
        [("2015", Decimal(7800), Decimal(900), Decimal(6900)), ("2016", Decimal(6000), Decimal(7500), 5400)]
    )

    first, second = chart.columns
    assert (first.height_income, first.y_income) == (f"{TALLEST:.1f}", f"{BASE - TALLEST:.1f}")
    assert first.y_balance == "40.8"
    assert second.x_income - first.x_income == 82
    assert chart.path == f"M{first.x_middle} {first.y_balance}L{second.x_middle} {second.y_balance}"


def test_an_empty_pot_draws_an_empty_chart():
    assert flow_chart([]).path == ""
    assert flow_chart([("2015", 0, 0, 0)]).columns[0].height_income == "0.0"
