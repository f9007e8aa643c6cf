"""Minutes are written as hours exactly, however many there are."""

import pytest

from config.kit.hours import hours_of


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(0, "0"), (30, "0.5"), (90, "1.5"), (600, "10"), (100, "1.67"), (-90, "-1.5"), (7_407_390, "123456.5")],
)
def test_minutes_are_written_as_hours(minutes, hours):
    assert hours_of(minutes) == hours
