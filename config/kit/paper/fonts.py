"""Which fonts does paper use, and which characters can they print? Read from the fonts' own character maps."""

import struct
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from pathlib import Path

# Packages that bring the fonts: mainland shapes first, then a larger set for what those lack.
PACKAGES = ("pylopdf_fonts_zh_cn", "cvttf_NotoSansCJK_Regular")


def font_folders():
    return [Path(str(files(package))) for package in PACKAGES]


@cache
def _ranges(path):
    """First and last characters of the runs a font file can print, in order; only its map is read."""
    with path.open("rb") as file:
        tables = struct.unpack(">4xH6x", file.read(12))[0]
        for _number in range(tables):
            tag, offset = struct.unpack(">4s4xI4x", file.read(16))
            if tag == b"cmap":
                break
        else:
            return (), ()
        file.seek(offset)
        subtables = struct.unpack(">2xH", file.read(4))[0]
        records = [struct.unpack(">HHI", file.read(8)) for _number in range(subtables)]
        for _platform, _encoding, place in records:
            file.seek(offset + place)
            # Format 12 maps all of Unicode in runs; every font with rare characters has it.
            if struct.unpack(">H", file.read(2))[0] == 12:
                groups = struct.unpack(">10xI", file.read(14))[0]
                runs = struct.iter_unpack(">III", file.read(12 * groups))
                pairs = sorted((first, last) for first, last, glyph in runs if glyph or first != last)
                return tuple(first for first, _last in pairs), tuple(last for _first, last in pairs)
    return (), ()


@cache
def _printable_ranges():
    return [_ranges(path) for folder in font_folders() for path in sorted(folder.glob("*.otf"))]


def has_glyph(character):
    """Whether one of the fonts draws this character."""
    point = ord(character)
    for firsts, lasts in _printable_ranges():
        place = bisect_right(firsts, point) - 1
        if place >= 0 and point <= lasts[place]:
            return True
    return False
