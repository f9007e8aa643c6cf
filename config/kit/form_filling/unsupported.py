"""What of a workbook a filled copy could not keep: things drawn over the cells, controls, linked pictures."""

import posixpath
import re

from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from config.kit.sheets.sentences import refusal

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_SHAPES = {f"{_DRAWN}{name}" for name in ("sp", "grpSp", "cxnSp", "contentPart")}
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_KEPT_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp")


def refuse_what_would_be_lost(package):
    """ValidationError naming sheet and cell of the first thing that would be missing; else sentences of warning."""
    warnings = []
    names = set(package.namelist())
    sheets = sheet_parts(package)
    package.titles = {part: title for title, part in sheets.items()}
    for title, part in sheets.items():
        with package.open(part) as stream:
            text = stream.read()
        for target in links_of(package, part, names).values():
            _refuse_part(package, names, title, target)
        if b"<legacyDrawingHF" in text or re.search(rb"<picture\b", text):
            raise _loses(_("a picture in the page header or behind the cells"), title)
        if b"dataValidation" in (extension := text.partition(b"<extLst")[2]):
            warnings.append(
                _("Sheet “%(sheet)s”: the choices that a cell takes from another sheet are left out.")
                % {"sheet": title}
            )
        if b"<protectedRanges" in text:
            warnings.append(
                _("Sheet “%(sheet)s”: ranges that open with a password of their own are closed in the filled form.")
                % {"sheet": title}
            )
        if b"sparkline" in extension:
            raise _loses(_("small charts inside cells"), title)
    if inside := [name for name in names if name.lower().startswith(("xl/cellimages", "xl/richdata/"))]:
        # WPS and Excel each keep pictures inside cells in parts of their own.
        raise _loses(_("a picture inside a cell"), next(iter(sheets), inside[0]))
    if any(name.startswith("_xmlsignatures/") for name in names):
        warnings.append(_("The digital signature of the template does not hold for the filled form."))
    return warnings


def _loses(what, sheet, cell=""):
    if cell:
        return refusal(
            "would_be_lost",
            _("Sheet “%(sheet)s”, cell %(cell)s: %(what)s would be lost. Take it out, or write its text into a cell.")
            % {"sheet": sheet, "cell": cell, "what": what},
        )
    return refusal(
        "would_be_lost",
        _("Sheet “%(sheet)s”: %(what)s would be lost. Take it out and upload the form again.")
        % {"sheet": sheet, "what": what},
    )


def _refuse_part(package, names, title, target):
    folder = target.partition("xl/")[2].partition("/")[0].lower()
    what = {
        "ctrlprops": _("a button or a box to tick"),
        "activex": _("a button or a box to tick"),
        "embeddings": _("an embedded document"),
        "threadedcomments": _("a conversation in comments"),
        "slicers": _("a filter button"),
        "pivottables": _("a pivot table"),
        "timelines": _("a filter button"),
    }.get(folder)
    if what:
        raise _loses(what, title)
    if folder != "drawings" or not target.endswith(".xml"):
        return
    tree = parsed(package.read(target))
    pictures = links_of(package, target, names)
    for anchor in tree:
        corner = anchor.find(f"{_DRAWN}from")
        cell = _cell(corner) if corner is not None else ""
        inside = {element.tag for element in anchor.iter()}
        if inside & _SHAPES:
            raise _loses(_("a text box or drawn shape"), title, cell)
        for data in anchor.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"):
            if data.get("uri") != _CHART:
                raise _loses(_("a diagram"), title, cell)
        for blip in anchor.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
            embedded = blip.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", "")
            if not pictures.get(embedded, "").lower().endswith(_KEPT_PICTURES):
                raise _loses(_("a picture of a kind that is not PNG or JPEG"), title, cell)


def _cell(corner):
    column, row = corner.find(f"{_DRAWN}col"), corner.find(f"{_DRAWN}row")
    if column is None or row is None:
        return ""
    return f"{get_column_letter(int(column.text) + 1)}{int(row.text) + 1}"


def parsed(text):
    return fromstring(text)


def links_of(package, part, names):
    """`{id: part}` that a part of the package points to."""
    folder, name = posixpath.split(part)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in names:
        return {}
    targets = {}
    for link in parsed(package.read(listed)):
        target = link.get("Target", "")
        if link.get("TargetMode") != "External":
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            targets[link.get("Id", "")] = whole
    return {key: target for key, target in targets.items() if target in names}


def sheet_parts(package):
    """`{title: part}` of the worksheets."""
    names = set(package.namelist())
    links = links_of(package, "xl/workbook.xml", names)
    sheets = parsed(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    parts = {sheet.get("name", ""): links.get(sheet.get(_LINK, "")) for sheet in sheets}
    return {title: part for title, part in parts.items() if part and "/worksheets/" in part}
