"""The figures of rooms, plates and things for the yearly reports."""

from decimal import Decimal

from django.db.models import Sum

from branches.models import Equipment, Nameplate, Venue


def nameplates():
    """Bodies that share one office and staff."""
    return Nameplate.objects.all()


def venue_area():
    """Square metres of all venues."""
    return Venue.objects.aggregate(total=Sum("area"))["total"] or Decimal(0)


def equipment_worth(*, until):
    """Yuan of everything bought by a day."""
    lines = Equipment.objects.filter(bought_on__lte=until).only("quantity", "unit_price")
    return sum((line.amount for line in lines), Decimal("0.00"))
