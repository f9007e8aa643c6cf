"""How a paper is asked for and read."""

from datetime import date

from django.urls import reverse

from activities.models import Activity
from tests.reading import fonts_of, squeezed, text_of_pdf


def head_of(record):
    return f"{record._meta.model_name}-{record.pk}"


def ask(client, name, **choices):
    return client.get(reverse("admin:paper_pdf", args=[name]), choices)


def pages_of(answer):
    """The texts of the pages of an answer that is a PDF; every font in it is embedded, and only what it prints of it."""
    assert answer["Content-Type"] == "application/pdf", answer.content.decode()[-3000:]
    assert fonts_of(answer.content)
    assert all(font.is_embedded and font.is_subset for font in fonts_of(answer.content))
    return [squeezed(page) for page in text_of_pdf(answer.content).split("\f")[:-1]]


def in_order(words, text):
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def roster_of(client, branch, **choices):
    given = {"branch": branch.pk, "on": "2018-10-31", "letterhead": head_of(branch), "size": "a3"}
    return ask(client, "roster", **given | choices)


def make_activity(place, **fields):
    defaults = {"kind": "volunteer_day", "title": "义务植树", "day": date(2018, 11, 8), "place": "荔江公园"}
    return Activity.objects.create(**{"organization": place.organization, "branch": place} | defaults | fields)


def sign_in_of(client, activity, **choices):
    head = head_of(activity.branch or activity.organization)
    return ask(client, "sign-in", **{"activity": activity.pk, "letterhead": head, "blanks": 3} | choices)


def cards_of(client, branch, **choices):
    return ask(client, "cards", **{"year": 2018, "letterhead": head_of(branch)} | choices)
