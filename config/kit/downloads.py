"""A file response: its type from its extension, its name encoded for every browser, not cached in between."""

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "html": "text/html; charset=utf-8",
    "py": "text/x-python; charset=utf-8",
}


def download(content, name, *, inline=False, is_public=False):
    """Bytes or text at once, an open file or an iterator as a stream; `inline` is shown and not saved.

    What is not public is stored nowhere on its way.
    """
    kind = TYPES[name.rpartition(".")[2]]
    answers_at_once = isinstance(content, bytes | str)
    response = (HttpResponse if answers_at_once else FileResponse)(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not inline, name)
    if not is_public:
        response["Cache-Control"] = "private, no-store"
    return response
