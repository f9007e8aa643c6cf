"""Path and compilation of the Chinese catalogue: done by every process that finds it missing or older.

Words that are stored for good (summaries, statements, receipts) are written in the office's language, so no process may
start with the English of the source files because nothing was compiled before.
"""

import os
import tempfile

from config.environment import BASE_DIR

LOCALE = "zh_Hans"


def catalogue_path():
    return BASE_DIR / "config" / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def is_stale():
    """Whether the `.mo` is missing or not newer than its `.po`."""
    source = catalogue_path()
    target = source.with_suffix(".mo")
    return source.exists() and not (target.exists() and target.stat().st_mtime > source.stat().st_mtime)


def compile_catalogue():
    """Write a missing or older `.mo` beside its `.po`; returns whether it is up to date, False where it cannot be written."""
    if not is_stale():
        return True
    # Babel is needed only where a catalogue is older than its source.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = catalogue_path()
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
        return False
    return True
