"""What is recorded of honours, the education point and its bookroom, by subject."""

from honours.awards.models import Honour, RoleModel
from honours.bookroom.models import BookTitle
from honours.education_point.models import EducationPoint, Section, VisitGroup

__all__ = [
    "BookTitle",
    "EducationPoint",
    "Honour",
    "RoleModel",
    "Section",
    "VisitGroup",
]
