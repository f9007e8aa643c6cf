"""Reads printed papers back with tools that did not write them: text, fonts, page sizes, QR codes."""

import ctypes
import re
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium


def _pages(content):
    document = pypdfium2.PdfDocument(content)
    try:
        yield from document
    finally:
        document.close()


def text_of_pdf(content):
    """All text of a PDF in the order it is drawn; pages end with a form feed."""
    return "".join(page.get_textpage().get_text_range().replace("\r\n", "\n") + "\f" for page in _pages(content))


def squeezed(text):
    """A text without its blanks and line ends, so that a wrapped sentence is found."""
    return re.sub(r"\s+", "", text)


@dataclass(frozen=True)
class Font:
    name: str
    is_embedded: bool
    is_subset: bool


def _font(item):
    font = pdfium.FPDFTextObj_GetFont(item)
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, name, length)
    name = name.value.decode()
    return Font(name, bool(pdfium.FPDFFont_GetIsEmbedded(font)), bool(re.match(r"[A-Z]{6}\+", name)))


def _text_items(content):
    for page in _pages(content):
        yield from page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=15)


def fonts_of(content):
    """Every font a text is drawn with."""
    return sorted({_font(item.raw) for item in _text_items(content)}, key=lambda font: font.name)


def info_of(content):
    """What the file says about itself, and how many pages it has."""
    document = pypdfium2.PdfDocument(content)
    try:
        return {**document.get_metadata_dict(skip_empty=True), "Pages": str(len(document))}
    finally:
        document.close()


def page_size(content):
    """Millimetres of the first page, width and height."""
    return next(tuple(round(points * 25.4 / 72) for points in page.get_size()) for page in _pages(content))


def qr_code_of(content):
    """What a phone reads from the only QR code of a PDF."""
    import zxingcpp

    (text,) = [
        code.text
        for page in _pages(content)
        for code in zxingcpp.read_barcodes(page.render(scale=110 / 72, grayscale=True).to_pil())
    ]
    return text


def type_size(content, word):
    """Points of the type in which a word is printed where it stands first."""
    for page in _pages(content):
        text = page.get_textpage()
        match = text.search(word).get_next()
        if match:
            return round(pdfium.FPDFText_GetFontSize(text.raw, match[0]))
    raise AssertionError(word)
