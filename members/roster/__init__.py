"""What an office's member roster says: its columns, and the reading of its rows."""

from members.roster.columns import COLUMNS
from members.roster.reading import DATE_COLUMN, Known, read_roster, row_of

__all__ = ["COLUMNS", "DATE_COLUMN", "Known", "read_roster", "row_of"]
