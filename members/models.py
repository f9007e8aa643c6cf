"""What is recorded of Party members, by subject."""

# ruff: noqa: F401  Django looks here for the models of an app; everybody else may, too.

from members.access.models import AccessLog
from members.consents.models import Consent
from members.roster.models import Affiliation, Member
