"""Numbers of a series that has no gaps and begins anew each year."""


def next_number(given):
    """The number after the largest of those `given`, 1 where there is none; None and 0 count as none.

    Whoever asks holds a lock on what the series belongs to, so that nobody else takes the same number.
    """
    return max(filter(None, given), default=0) + 1


def next_label(given, *, prefix):
    """The label after those `given`, as `2018-0001` for the prefix `2018-`; labels of another form count for nothing."""
    numbers = (label.removeprefix(prefix) for label in given if label.startswith(prefix))
    return f"{prefix}{next_number(int(number) for number in numbers if number.isdecimal()):04}"
