"""What the front page says: the newest figures of every part of the programme, and what to do next."""


def home_page(*, today):
    """Context of the front page."""
    return {"today": today}
