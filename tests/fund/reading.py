"""Reads printed papers back with tools that did not write them: text, fonts, page sizes, QR codes."""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


def _run(*command, input=None):
    return subprocess.run(command, input=input, capture_output=True, check=True).stdout


def text_of_pdf(content, *, layout=True):
    """All text of a PDF; pages end with a form feed."""
    return _run("pdftotext", *(["-layout"] if layout else ["-raw"]), "-", "-", input=content).decode()


def squeezed(text):
    """A text without its blanks and line ends, so that a wrapped sentence is found."""
    return re.sub(r"\s+", "", text)


@dataclass(frozen=True)
class Font:
    name: str
    is_embedded: bool
    is_subset: bool


def fonts_of(content):
    lines = _run("pdffonts", "-", input=content).decode().splitlines()[2:]
    found = []
    for line in lines:
        *_kind, embedded, subset, _unicode, _object, _generation = line.split()
        found.append(Font(line.split()[0], embedded == "yes", subset == "yes"))
    return found


def info_of(content):
    lines = _run("pdfinfo", "-", input=content).decode().splitlines()
    return {key.strip(): value.strip() for key, _colon, value in (line.partition(":") for line in lines)}


def page_size(content):
    """Millimetres of a page, width and height."""
    width, height = re.findall(r"[\d.]+", info_of(content)["Page size"])[:2]
    return tuple(round(float(points) * 25.4 / 72) for points in (width, height))


def qr_code_of(content, tmp_path):
    """What a phone reads from the only QR code of a PDF."""
    import zxingcpp
    from PIL import Image

    (tmp_path / "paper.pdf").write_bytes(content)
    _run("pdftoppm", "-r", "110", "-gray", "-png", str(tmp_path / "paper.pdf"), str(tmp_path / "page"))
    found = []
    for picture in sorted(tmp_path.glob("page*.png")):
        with Image.open(picture) as image:
            found += [code.text for code in zxingcpp.read_barcodes(image)]
    (text,) = found
    return text


def type_size(content, word):
    """Points of the type in which a word is printed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(content)
        shown = _run("pdftohtml", "-xml", "-zoom", "1", "-stdout", "-i", str(path)).decode()
    sizes = dict(re.findall(r'<fontspec id="(\d+)" size="(-?\d+)"', shown))
    return next(int(sizes[font]) for font, text in re.findall(r'font="(\d+)">(.*)</text>', shown) if word in text)
