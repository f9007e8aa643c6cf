"""The version of what public pages read: a number that changes with every change of it."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from fund.ledger.models import Pot

_NEWEST_DIGEST = "SELECT e.digest FROM fund_entry e WHERE e.pot_id = {} ORDER BY e.number DESC LIMIT 1"
MOST_CHOSEN = 1000
# Codes in addresses, with the edition and the key of the pot they mean; cleared when full, because anybody can make codes up.
_CHOSEN_POTS: dict[str, tuple] = {}


class EditionQuerySet(models.QuerySet):
    def current(self):
        """The version of everything pages of the fund read except the ledger; as long as it is equal, so are the pages."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM fund_edition")
            return cursor.fetchone()

    def current_with_ledger(self, pot_code):
        """The same with the newest digest of the pot that a URL parameter names (`Pot.objects.for_address`); one indexed read.

        Which pot that is is cached with the edition, so it is looked up again only under a new one.
        """
        number, pot_id = _CHOSEN_POTS.get(pot_code, (None, None))
        with connection.cursor() as cursor:
            if pot_id:
                cursor.execute(f"SELECT number, ({_NEWEST_DIGEST.format('%s')}) FROM fund_edition", [pot_id])
                row = cursor.fetchone()
                if row and row[0] == number:
                    return row
            chosen, params = Pot.objects.for_address(pot_code).values("pk")[:1].query.sql_with_params()
            cursor.execute(
                f"SELECT number, c.pot_id, ({_NEWEST_DIGEST.format('c.pot_id')})"
                f" FROM fund_edition, (SELECT ({chosen}) AS pot_id) c",
                params,
            )
            row = cursor.fetchone()
        if row is None:
            return None
        number, pot_id, digest = row
        if len(_CHOSEN_POTS) > MOST_CHOSEN:
            _CHOSEN_POTS.clear()
        _CHOSEN_POTS[pot_code] = (number, pot_id)
        return number, digest


class Edition(models.Model):
    """The one row that says whether a cached page is still valid: triggers replace its number when a public table changes.

    The number is random, not counted, so that after a restored backup no page cached under a repeated number is served.
    """

    number = models.BigIntegerField(_("number"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return str(self.number)
