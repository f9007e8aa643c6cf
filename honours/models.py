"""What is recorded of honours, the education point and its bookroom, by subject."""

# ruff: noqa: F401  Django looks here for the models of an app; everybody else may, too.

from honours.awards.models import Honour, RoleModel
from honours.bookroom.models import BookTitle
from honours.education_point.models import EducationPoint, Section, VisitGroup
