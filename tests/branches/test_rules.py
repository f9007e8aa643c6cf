"""The steps of an import are taken in their order, and only by choice over refused rows."""

import pytest
from django.core.exceptions import ValidationError

from branches import rules


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: rules.refuse_not_waiting(is_waiting=False, state="undone"), "not_waiting"),
        (lambda: rules.refuse_refused_rows(count=4, skip=False), "refused_rows"),
        (lambda: rules.refuse_unconfirmed(is_confirmed=False), "not_confirmed"),
    ],
)
def test_a_step_out_of_order_is_refused(act, code):
    with pytest.raises(ValidationError) as refusal:
        act()

    assert refusal.value.code == code


def test_a_step_in_order_is_taken():
    rules.refuse_not_waiting(is_waiting=True, state="previewed")
    rules.refuse_refused_rows(count=4, skip=True)
    rules.refuse_refused_rows(count=0, skip=False)
    rules.refuse_unconfirmed(is_confirmed=True)
