"""Who of the roster has the name that was typed for a giver; whether it is the same person is asked, never guessed."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from config.kit.text_cleaning import person_name

# More namesakes than a list of choices is read for.
AT_MOST = 9


def namesakes_in(people, name):
    """The members among `people` who have exactly this name."""
    return list(people.filter(name=person_name(name)).select_related("branch").order_by("id")[:AT_MOST])


def in_words(member):
    """`韦红和（荔园支部，1946年生）`: what tells namesakes apart."""
    born = [_("born in %(year)s") % {"year": member.birth_date.year}] if member.birth_date else []
    notes = pgettext("between parts", ", ").join([member.branch.name, *born])
    return _("%(name)s (%(notes)s)") % {"name": member.name, "notes": notes}


def question_about(members):
    people = pgettext("between parts", ", ").join(in_words(member) for member in members)
    words = ngettext(
        "The roster has %(people)s. Is it the same person?",
        "The roster has %(people)s. Is it one of them?",
        len(members),
    )
    return words % {"people": people}


def answers_about(members):
    """`[(answer, words)]`, the last of them no: it names who was asked about, so that it answers no other question."""
    yes = [(str(member.pk), _("yes: %(person)s") % {"person": in_words(member)}) for member in members]
    return [*yes, ("not-" + "-".join(key for key, _words in yes), _("no, somebody else"))]
