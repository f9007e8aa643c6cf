"""Which papers does the office print, with which choices, for whom?"""

from config.site.papers.forms import OFFICE_PAPERS, OfficePaper, offered_to, paper_named

__all__ = ["OFFICE_PAPERS", "OfficePaper", "offered_to", "paper_named"]
