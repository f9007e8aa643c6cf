"""Drafts, reviews and publishes the statement of a period, each step by its own person, as the office does."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from branches.models import Assignment
from config.kit.dates import day_argument
from config.kit.refusals import sentences
from fund.disclosure.statements.actions import draft_statement, publish_statement, review_first, review_second
from fund.ledger.models import Pot

ROLES = {
    "drafted_by": Assignment.Role.FUND_KEEPER,
    "first_review_by": Assignment.Role.ACCOUNTANT,
    "second_review_by": Assignment.Role.DISCIPLINE_OFFICER,
    "published_by": Assignment.Role.STREET_OFFICER,
}


class Command(BaseCommand):
    help = "Publishes the statement of a period; where no users are named, the pot's own officers act by their roles."

    def add_arguments(self, parser):
        parser.add_argument("--pot", required=True, help="name or short name of the pot")
        parser.add_argument("--from", required=True, dest="first", type=day_argument, metavar="YYYY-MM-DD")
        parser.add_argument("--to", required=True, dest="last", type=day_argument, metavar="YYYY-MM-DD")
        parser.add_argument("--on", type=day_argument, metavar="YYYY-MM-DD", help="day of publication, else today")
        for step in ROLES:
            parser.add_argument(f"--{step.replace('_', '-')}", metavar="USER")

    def handle(self, *args, **options):
        pot = Pot.objects.filter(name=options["pot"]).first() or Pot.objects.filter(code=options["pot"]).first()
        if pot is None:
            names = ", ".join(Pot.objects.values_list("name", flat=True)[:20])
            raise CommandError(f"There is no pot {options['pot']!r}. There are: {names or 'none'}.")
        users = {step: self._user(pot, step, role, options[step]) for step, role in ROLES.items()}
        try:
            with transaction.atomic():
                statement = draft_statement(
                    pot=pot, period_from=options["first"], period_to=options["last"], by=users["drafted_by"]
                )
                review_first(statement, by=users["first_review_by"])
                review_second(statement, by=users["second_review_by"])
                publish_statement(statement, by=users["published_by"], on=options["on"])
        except ValidationError as refusal:
            raise CommandError(" ".join(sentences(refusal))) from None
        self.stdout.write(f"{statement.number} {statement.short_code}")

    def _user(self, pot, step, role, name):
        """The user named, or whoever holds the role at the pot's organisation or above it."""
        users = get_user_model().objects.filter(is_active=True)
        if name:
            user = users.filter(username=name).first()
            if user is None:
                raise CommandError(f"There is no user {name!r}.")
            return user
        places, organization = [], pot.organization
        while organization is not None:
            places.append(organization)
            organization = organization.parent
        user = users.filter(assignments__role=role, assignments__organization__in=places).order_by("id").first()
        if user is None:
            raise CommandError(
                f"Nobody is {role.value} of {pot.organization}; name somebody with --{step.replace('_', '-')}."
            )
        return user
