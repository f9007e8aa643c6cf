"""People are never ranked, scored or timed: no field and no route of the program is named for it."""

import re

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver
from django.utils import translation

APPS = ("branches", "members", "activities", "fund", "honours")
WORDS = re.compile(
    r"积分|排名|排行|名次|打卡|签到次数|在线时长|在线时间"
    r"|(?<![a-z])(?:scores?|points|rank(?:s|ed|ing|ings)?|leader[ _-]?boards?|check[ _-]?ins?|checkins?|online[ _-]?(?:time|minutes|hours))(?![a-z])",
    re.IGNORECASE,
)
# Places that are visited, and what was said at a meeting, are no number of points.
HARMLESS = re.compile(r"education[ _-]?points|(?:main|key) points|points of (?:the )?discussion", re.IGNORECASE)


def forbidden(words):
    return WORDS.findall(HARMLESS.sub("", words))


def names_of_models():
    """`(where, words)`: each model and field, as the code and as both languages call it."""
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for model in apps.get_models():
                if model._meta.app_label in APPS:
                    where = model._meta.label
                    yield where, f"{model.__name__} {model._meta.verbose_name} {model._meta.verbose_name_plural}"
                    for field in model._meta.get_fields():
                        yield f"{where}.{field.name}", f"{field.name} {getattr(field, 'verbose_name', '')}"


def routes(patterns, before=""):
    """`address name` of every route, with what it stands under."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{address} {pattern.name or ''}"
        else:
            yield from routes(pattern.url_patterns, address)


def test_no_model_or_field_ranks_scores_or_times_people():
    names = list(names_of_models())

    assert {where for where, words in names if forbidden(words)} == set()
    assert len(names) > 500


def test_no_route_ranks_scores_or_times_people():
    found = list(routes(get_resolver().url_patterns))

    assert [route for route in found if forbidden(route)] == []
    assert len(found) > 100


@pytest.mark.parametrize(
    "words",
    "volunteer_score|points|志愿者积分|ranking|rank|/volunteers/leaderboard/|check_in|checkin_count|online_time|排行榜|打卡记录|在线时长".split(
        "|"
    ),
)
def test_the_forbidden_words_are_found(words):
    assert forbidden(words)


@pytest.mark.parametrize("words", ["签到表", "sign_in_sheet", "education_point", "appointed_on", "frank", "check_code"])
def test_words_of_the_field_are_no_ranking(words):
    assert not forbidden(words)
