"""What waits for this person today, and what can be done about it in one step."""


def today_page(request):
    """Context of the admin's first page."""
    return {"waiting": []}
