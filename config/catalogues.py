"""Where the Chinese catalogues lie, and their compiling: done by every process whose files are missing or older.

Words that are stored for good (summaries, statements, receipts) are written in the office's language, so no process may
start with the English of the source files because nothing was compiled before.
"""

import os
import tempfile

from config.environment import BASE_DIR

OWNERS = ("config", "branches", "members", "activities", "fund", "honours")
LOCALE = "zh_Hans"


def catalogue_path(owner):
    return BASE_DIR / owner / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def stale_catalogues():
    """The `.po` files whose `.mo` is missing or not newer."""
    for owner in OWNERS:
        source = catalogue_path(owner)
        target = source.with_suffix(".mo")
        if source.exists() and not (target.exists() and target.stat().st_mtime > source.stat().st_mtime):
            yield source


def compile_catalogues():
    """Write every missing or older `.mo` beside its `.po`; returns the files that could not be written."""
    unwritable = []
    for source in stale_catalogues():
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        try:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=LOCALE)
            # Processes that start side by side each write a whole file; the last one stays.
            handle, path = tempfile.mkstemp(dir=source.parent, suffix=".mo.part")
            with os.fdopen(handle, "wb") as file:
                write_mo(file, catalogue)
            os.chmod(path, 0o644)
            os.replace(path, source.with_suffix(".mo"))
        except OSError:
            unwritable.append(source)
    return unwritable
