"""What is recorded of Party members, by subject."""

from members.access.models import AccessLog
from members.consents.models import Consent
from members.roster.models import Affiliation, Member

__all__ = [
    "AccessLog",
    "Affiliation",
    "Consent",
    "Member",
]
