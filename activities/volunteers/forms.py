"""What a person may type about volunteers."""

from config.kit.private_forms import PrivateFieldsForm
from members.roster.filling import TakenFromRoster


class VolunteerForm(TakenFromRoster, PrivateFieldsForm):
    taken = {"name": "name"}
    taken_privately = {"phone": "phone", "citizen_id": "citizen_id"}
