"""Minutes as the hours that people read."""

from decimal import Decimal


def hours_of(minutes):
    """Minutes in hours as they are written, exactly: 90 is `1.5`, 120 is `2`; thousands are not set apart."""
    return f"{(Decimal(minutes) / 60).quantize(Decimal('0.01')).normalize():f}"
