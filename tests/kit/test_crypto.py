"""Private fields are unreadable without the key, and a key can be changed."""

import pytest
from django.db import connection

from config.kit.crypto import decrypt, encrypt, keyed_hash, keyed_hashes, read_keys
from members.models import Member
from tests.make import make_citizen_id, make_member

OLD, NEW = "old:" + "22" * 32, "new:" + "33" * 32


def test_the_same_text_is_never_the_same_ciphertext_and_reads_back():
    first, second = encrypt("韦怀德", purpose="name"), encrypt("韦怀德", purpose="name")

    assert first != second
    assert decrypt(first, purpose="name") == decrypt(second, purpose="name") == "韦怀德"


def test_a_value_of_one_field_does_not_read_in_another():
    sealed = encrypt("14000000001", purpose="phone")

    with pytest.raises(ValueError, match="address"):
        decrypt(sealed, purpose="address")


def test_a_changed_value_does_not_read():
    sealed = encrypt("14000000001", purpose="phone")

    with pytest.raises(ValueError, match="phone"):
        decrypt(sealed[:-6] + "AAAA==", purpose="phone")


def test_a_new_key_writes_and_the_old_one_still_reads_and_finds(settings):
    settings.FIELD_KEYS = [OLD]
    sealed, hashed = encrypt("x", purpose="p"), keyed_hash("x", purpose="p")

    settings.FIELD_KEYS = [NEW, OLD]

    assert decrypt(sealed, purpose="p") == "x"
    assert encrypt("x", purpose="p").startswith("new:")
    assert hashed in keyed_hashes("x", purpose="p")


@pytest.mark.parametrize("words", [[], ["k1"], ["k1:zz"], ["k1:" + "11" * 31], ["a:" + "11" * 32, "a:" + "22" * 32]])
def test_bad_keys_are_named(words):
    with pytest.raises(ValueError, match=r"key|name"):
        read_keys(words)


@pytest.mark.django_db
def test_the_database_and_its_history_hold_ciphertext():
    number = make_citizen_id()
    make_member(citizen_id=number, phone="14000001234", address="榕树巷 1 号", health="frail")

    with connection.cursor() as cursor:
        for table in ("members_member", "members_historicalmember"):
            cursor.execute(f"SELECT * FROM {table}")
            row = str(cursor.fetchall())
            assert number not in row
            assert "14000001234" not in row
            assert "榕树巷" not in row
            assert "frail" not in row
    assert Member.objects.with_citizen_id(number).get().phone == "14000001234"
    assert Member.history.get().phone == "14000001234"
