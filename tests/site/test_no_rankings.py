"""Nothing here ranks people, gives points, makes them check in or counts their time online (§1 of the handbook's limits)."""

import re
from itertools import chain, pairwise

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import override

OURS = {"branches", "members", "activities", "fund", "honours"}
# Parts of a name in code, between its underscores, and words of an address.
FORBIDDEN = {
    "rank", "ranks", "ranking", "rankings", "ranked", "leaderboard", "score", "scores", "points", "badge", "badges",
    "streak", "checkin", "checkins", "clockin", "attendance_rate", "online", "onlinetime", "screentime",
}  # fmt: skip
PAIRS = {("check", "in"), ("clock", "in"), ("log", "count"), ("login", "count"), ("online", "time"), ("time", "online")}
WORDS = re.compile(
    r"积分|排名|排行|名次|打卡|在线时长|活跃度|签到率|学习强国积分|leader ?board|\branking|\bscores?\b|check-?ins?\b|time online",
    re.IGNORECASE,
)


def parts_of(name):
    return [part for part in re.split(r"[^a-z]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()) if part]


def is_forbidden(name):
    # Of an organisation's places to visit there may be several.
    parts = parts_of(name.replace("education_points", "education_point"))
    return bool(FORBIDDEN & set(parts)) or bool(PAIRS & set(pairwise(parts)))


def our_fields():
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.get_fields():
                yield model, field


def routes(patterns, before=""):
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern.name or ""


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("total_score", True), ("checkIn", True), ("check_in_at", True), ("online_minutes", True), ("memberRanking", True),
     ("bank_statement", False), ("checked_in_favour", False), ("point", False), ("franking", False)],
)  # fmt: skip
def test_the_words_are_found_in_names(name, is_one):
    # `checked_in_favour` has "checked" and "in", and is none.
    assert is_forbidden(name) is is_one


def test_no_field_ranks_scores_checks_in_or_counts_time_online():
    found = [f"{model._meta.label}.{field.name}" for model, field in our_fields() if is_forbidden(field.name)]

    assert len(list(our_fields())) > 500
    assert found == []


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_record_or_field_is_called_so(language):
    with override(language):
        words = [str(model._meta.verbose_name) for model in apps.get_models() if model._meta.app_label in OURS]
        words += [str(getattr(field, "verbose_name", "")) for _model, field in our_fields()]
        words += [
            str(choice)
            for _model, field in our_fields()
            for _value, choice in getattr(field, "flatchoices", None) or ()
        ]

    assert [word for word in words if WORDS.search(word)] == []


def test_no_address_leads_to_it():
    found = list(routes(get_resolver().url_patterns))

    assert len(found) > 300
    assert [entry for entry in found if any(is_forbidden(part) for part in chain(entry))] == []
