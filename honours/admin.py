"""What the office sees of honours, by subject."""

import honours.awards.admin
import honours.bookroom.admin
import honours.education_point.admin  # noqa: F401  each registers its models
