"""What the public pages stand on: a number that changes with every change of what they read."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

_NEWEST_DIGEST = "SELECT e.digest FROM fund_entry e WHERE e.pot_id = {} ORDER BY e.number DESC LIMIT 1"
MOST_CHOSEN = 1000
# Short names asked for in addresses, with the edition and the pot they meant; words of strangers are forgotten again.
_CHOSEN_POTS: dict[str, tuple] = {}


class EditionQuerySet(models.QuerySet):
    def seen(self):
        """What every page of the fund stands on but for the ledger: the same text, the same pages."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM fund_edition")
            return cursor.fetchone()

    def seen_with_ledger(self, pot_code):
        """The same with the newest digest of a pot, chosen as `fund.public.pot_of` does; one indexed read.

        Which pot that is stands with the edition, so it is looked up again only under a new one.
        """
        number, pot_id = _CHOSEN_POTS.get(pot_code, (None, None))
        with connection.cursor() as cursor:
            if pot_id:
                cursor.execute(f"SELECT number, ({_NEWEST_DIGEST.format('%s')}) FROM fund_edition", [pot_id])
                seen = cursor.fetchone()
                if seen and seen[0] == number:
                    return seen
            cursor.execute(
                "SELECT number, c.pot_id,"
                f" ({_NEWEST_DIGEST.format('c.pot_id')}) FROM fund_edition, (SELECT COALESCE("
                "(SELECT p.id FROM fund_pot p WHERE p.code = %s),"
                " (SELECT p.id FROM fund_pot p WHERE p.kind = 'mutual_aid' ORDER BY p.id LIMIT 1),"
                " (SELECT MIN(p.id) FROM fund_pot p)) AS pot_id) c",
                [pot_code],
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
    """The one row that says whether a kept page still stands: triggers draw its number anew when a public table changes.

    It is drawn, not counted, so that a restored backup never meets pages kept under a number it gives out again.
    """

    number = models.BigIntegerField(_("number"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")

    def __str__(self):
        return str(self.number)
