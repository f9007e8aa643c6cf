"""One process: books the same movements under the same keys, and some without; prints each number."""

import os
import sys
from datetime import date
from decimal import Decimal

import django


def main(shared, own):
    from django.contrib.auth import get_user_model
    from django.core.exceptions import ValidationError

    from fund.ledger.actions import post
    from fund.models import Pot

    pot, user = Pot.objects.get(), get_user_model().objects.first()
    day, assets = date(2018, 5, 10), (pot.cash, pot.bank)
    for number in range(shared):
        for asset in assets:
            entry = post(
                pot=pot, debit=asset, credit=pot.source("interest"), amount=1, booked_on=day, summary="x", by=user,
                key=f"shared-{asset.code}-{number}",
            )  # fmt: skip
            print(entry.number)  # noqa: T201
    for _ in range(own):
        for asset in assets:
            try:
                entry = post(
                    pot=pot, debit=pot.use("fee"), credit=asset, amount=Decimal("0.60"), booked_on=day, summary="x",
                    by=user,
                )  # fmt: skip
            except ValidationError as refusal:
                print(refusal.code)  # noqa: T201
            else:
                print(entry.number)  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(int(sys.argv[1]), int(sys.argv[2]))
