"""Signing in: two limits, refused before the password is looked at, and nothing that grows with how often it is tried."""

from datetime import timedelta
from io import StringIO

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from config.kit.rate_limit import client_address, count_sending, network_of
from config.site import sign_in
from config.site.sign_in import ADDRESS_LIMIT, PAIR_LIMIT
from tests.make import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
OFFICE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def no_sweep_between():
    cache.set("sign-ins-swept", True)
    yield
    cache.clear()


@pytest.fixture
def clerk():
    return make_user(username="clerk", password="right-one")


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    asked = 0

    def encode(self, password, salt):
        type(self).asked += 1
        return super().encode(password, salt)


def sign_in_as(client, name="clerk", password="wrong", address=OFFICE, **headers):
    return client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address, **headers)


def is_in(client, **given):
    answer = sign_in_as(client, password="right-one", **given)
    return answer.status_code == 302


def close_pair(client, **given):
    for _ in range(PAIR_LIMIT):
        answer = sign_in_as(client, **given)
    return answer


def try_names(rf, count, address=OFFICE):
    """A name and a wrong password each time; `address` may differ by its `{}`."""
    for number in range(count):
        request = rf.post(LOGIN, REMOTE_ADDR=address.format(f"{number:x}"))
        authenticate(request, username=f"name-{number}", password="wrong")


def test_five_wrong_passwords_close_the_pair_and_the_page_says_until_when(client, clerk):
    answer = close_pair(client)

    row = AccessAttempt.objects.get(username="clerk")
    until = timezone.localtime(row.attempt_time + timedelta(minutes=15))
    page = answer.content.decode()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert f"{until:%H:%M}" in page
    assert "管理员" in page
    assert not is_in(client)


def test_the_page_speaks_the_language_of_its_reader(client, clerk):
    close_pair(client)

    with translation.override("en"):
        page = client.post("/en" + LOGIN, {"username": "clerk", "password": "x"}, REMOTE_ADDR=OFFICE).content.decode()

    assert "tried with a wrong password 5 times" in page


def test_a_locked_pair_is_refused_before_anything_is_written_or_the_password_is_looked_at(client, clerk, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    clerk.set_password("right-one")
    clerk.save()
    close_pair(client)
    before = CountingHasher.asked

    with CaptureQueriesContext(connection) as queries:
        answer = sign_in_as(client)

    assert answer.status_code == 429
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert CountingHasher.asked == before > 0


def test_2400_attempts_on_one_account_leave_two_small_rows(rf, clerk):
    for number in range(2400):
        headers = {"HTTP_USER_AGENT": f"browser {number}", "REMOTE_ADDR": OFFICE}
        authenticate(
            rf.post(LOGIN + "?" + "x" * 1000, {"a": "b" * 1000}, **headers), username="clerk", password="wrong"
        )

    rows = list(AccessAttempt.objects.values_list())
    assert len(rows) == 2
    assert len(str(rows)) < 1000
    assert sorted(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == [PAIR_LIMIT, PAIR_LIMIT]


def test_a_list_of_names_from_one_address_meets_the_limit_of_the_address(rf, client, clerk):
    try_names(rf, 2400)

    assert AccessAttempt.objects.count() == ADDRESS_LIMIT + 1
    assert not is_in(client)
    assert is_in(client, address=ELSEWHERE)


def test_the_page_of_a_closed_address_says_that_it_is_the_connection(rf, client, clerk):
    try_names(rf, ADDRESS_LIMIT)

    page = sign_in_as(client).content.decode()

    assert "这个网络一小时内输错了 50 次密码" in page


def test_honest_mistakes_of_a_whole_office_close_nobody_else(rf, client, clerk):
    try_names(rf, 30)
    close_pair(client, name="forgetful")

    assert is_in(client)


def test_a_success_forgets_the_failures_of_the_pair_and_not_those_of_the_address(client, clerk):
    for _turn in range(3):
        for _try in range(PAIR_LIMIT - 1):
            sign_in_as(client)
        assert is_in(client)
        client.post("/admin/logout/")

    assert list(AccessAttempt.objects.values_list("user_agent", "failures_since_start")) == [("address", 12)]


def test_the_limits_end_by_themselves(rf, client, clerk):
    close_pair(client)
    try_names(rf, ADDRESS_LIMIT)
    AccessAttempt.objects.filter(user_agent="address").update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert not is_in(client)

    AccessAttempt.objects.filter(user_agent="pair").update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert is_in(client)


def test_the_administrator_opens_at_once_what_is_closed(rf, client, clerk):
    close_pair(client)
    call_command("axes_reset_username", "clerk", verbosity=0, stdout=StringIO())
    assert is_in(client)

    try_names(rf, ADDRESS_LIMIT)
    call_command("axes_reset_ip", OFFICE, verbosity=0, stdout=StringIO())
    assert is_in(client)


def test_a_failure_after_the_time_is_over_is_the_first_again(client, clerk):
    close_pair(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(hours=2))

    assert sign_in_as(client).status_code == 200
    assert set(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == {1}


def test_an_address_of_ipv6_counts_by_its_64(rf, client, clerk):
    try_names(rf, ADDRESS_LIMIT, address="2001:db8:1:2:{}::1")

    assert not is_in(client, address="2001:db8:1:2:ffff::2")
    assert is_in(client, address="2001:db8:1:3::1")


def test_an_address_of_ipv4_is_the_same_however_it_is_written(client, clerk):
    close_pair(client, address=OFFICE)

    assert not is_in(client, address=f"::ffff:{OFFICE}")


def test_a_header_that_the_visitor_writes_changes_nothing(client, clerk):
    for number in range(PAIR_LIMIT):
        sign_in_as(client, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    assert not is_in(client, HTTP_X_FORWARDED_FOR="10.0.0.99")


def test_behind_a_known_proxy_each_visitor_counts_and_what_they_wrote_themselves_does_not(client, clerk, settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for number in range(PAIR_LIMIT):
        sign_in_as(client, address="127.0.0.1", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, {OFFICE}")

    assert not is_in(client, address="::ffff:127.0.0.1", HTTP_X_FORWARDED_FOR=f"10.0.0.99, {OFFICE}")
    assert is_in(client, address="127.0.0.1", HTTP_X_FORWARDED_FOR=ELSEWHERE)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("198.51.100.7:4711", OFFICE),
        ("[2001:DB8::1]:443", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("unix:", None),
        ("", None),
    ],
)
def test_an_address_is_read_as_servers_write_it(rf, written, read):
    assert client_address(rf.get("/", REMOTE_ADDR=written)) == read


def test_who_cannot_be_told_apart_is_counted_as_one(client, clerk):
    close_pair(client, address="unix:")

    assert not is_in(client, address="unknown")


def test_public_forms_count_by_the_same_networks(rf):
    count_sending(rf.post("/", REMOTE_ADDR="2001:db8:1:2::1"), "test", at_most=1)

    with pytest.raises(ValidationError):
        count_sending(rf.post("/", REMOTE_ADDR="2001:db8:1:2::2"), "test", at_most=1)
    count_sending(rf.post("/", REMOTE_ADDR="2001:db8:1:3::1"), "test", at_most=1)


def test_what_is_kept_of_sign_ins_ends(client, clerk):
    is_in(client)
    sign_in_as(client)
    call_command("clearsessions")
    for model, kept in ((AccessLog, sign_in.SIGN_INS_KEPT), (AccessAttempt, sign_in.FAILURES_KEPT)):
        model.objects.update(attempt_time=timezone.now() - kept + timedelta(hours=1))
    sign_in.sweep()
    assert (AccessLog.objects.count(), AccessAttempt.objects.count(), Session.objects.count()) == (1, 2, 1)

    for model, kept in ((AccessLog, sign_in.SIGN_INS_KEPT), (AccessAttempt, sign_in.FAILURES_KEPT)):
        model.objects.update(attempt_time=timezone.now() - kept - timedelta(hours=1))
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))
    sign_in.sweep()
    assert (AccessLog.objects.count(), AccessAttempt.objects.count(), Session.objects.count()) == (0, 0, 0)


def test_an_attempt_sweeps_once_in_an_hour(client, clerk):
    is_in(client)
    AccessLog.objects.update(attempt_time=timezone.now() - sign_in.SIGN_INS_KEPT - timedelta(hours=1))
    sign_in_as(client)
    assert AccessLog.objects.count() == 1

    cache.delete("sign-ins-swept")
    sign_in_as(client)
    assert AccessLog.objects.count() == 0


def test_the_network_of_no_address_is_one_that_every_database_keeps():
    assert network_of(None) == "0.0.0.0"
