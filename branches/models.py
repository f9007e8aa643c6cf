"""What is recorded of organisations and of what they run their work with, by subject."""

# ruff: noqa: F401  Django looks here for the models of an app; everybody else may, too.

from branches.assignments import Assignment
from branches.calendar import Holiday
from branches.committees import CommitteeSeat, CommitteeTerm
from branches.county_forms import CountyForm, Draft, SentForm
from branches.equipment import Equipment
from branches.imports import ImportBatch
from branches.organisations import Branch, Nameplate, Organization
from branches.saved_filters import SavedFilter
from branches.venues import Venue
