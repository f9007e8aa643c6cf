"""What may be shown of a person: masked names, numbers and places. Everything public passes through here.

Vectors of §3.4 of the handbook: a donor or volunteer keeps the first and the last character of the name, a person in
difficulty the surname alone.
"""

from functools import wraps

from django.utils.translation import gettext_lazy as _

from config.kit.crypto import Unreadable
from members.models import Consent, Member

ANONYMOUS = _("a kind person")


def shows_unreadable(mask):
    """A mask that leaves the sentence of a value no key opens as it is: it gives nobody away."""

    @wraps(mask)
    def masked(text):
        return str(text) if isinstance(text, Unreadable) else mask(text)

    return masked


@shows_unreadable
def mask_donor(name):
    """`韦怀德→韦*德`, `韦德→韦*`, `欧阳怀德→欧**德`."""
    letters = list(name.strip())
    if len(letters) < 2:
        return "*" if letters else ""
    if len(letters) == 2:
        return letters[0] + "*"
    return letters[0] + "*" * (len(letters) - 2) + letters[-1]


@shows_unreadable
def mask_beneficiary(name):
    """`韦怀德→韦**`, `韦德→韦*`, `欧阳怀德→欧***`: the first character alone is kept."""
    letters = list(name.strip())
    if len(letters) < 2:
        return "*" if letters else ""
    return letters[0] + "*" * (len(letters) - 1)


@shows_unreadable
def mask_phone(number):
    """`14000000001→140****0001`, `0770-0000000→0770-****000`."""
    area, dash, local = number.partition("-")
    if dash:
        return f"{area}-{'*' * max(len(local) - 3, 0)}{local[-3:]}"
    return number[:3] + "*" * max(len(number) - 7, 0) + number[-4:] if len(number) > 7 else "*" * len(number)


@shows_unreadable
def mask_citizen_id(number):
    """All but the last four characters are hidden."""
    return "*" * max(len(number) - 4, 0) + number[-4:]


def mask_card(number):
    """A bank card keeps its last four digits."""
    return mask_citizen_id(number)


def shown_name(name, *, agreed, masked=None):
    """What the public reads of a name: whole where its owner's stored word says so, else its `masked` form, else nothing.

    Every line of a `public` module that shows a person asks here; `masked` is one of the functions above, or None where
    not even a part of the name may stand.
    """
    if agreed:
        return name
    return masked(name) if masked else ""


def names_on_roster(words):
    """Which of the words are names of members, whatever their branch and membership; one query on an index."""
    return set(Member.objects.filter(name__in=words).order_by().values_list("name", flat=True).distinct())


def names_agreed(words):
    """Which of the words are names of members whose consent to be named stands."""
    return set(
        Consent.objects.standing().of_names().filter(member__name__in=words).values_list("member__name", flat=True)
    )


def took_consent_back():
    """Members who once agreed to be named and have taken it back."""
    withdrawn = Consent.objects.of_names().filter(withdrawn_on__isnull=False)
    standing = Consent.objects.standing().of_names()
    return Member.objects.filter(pk__in=withdrawn.values("member")).exclude(pk__in=standing.values("member"))


def without_names(text, names):
    """The text with each of the names masked as a donor's is: what stays when somebody no longer wants to be named."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, mask_donor(name))
    return text
