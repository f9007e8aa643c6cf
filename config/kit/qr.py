"""How a text becomes a QR code: one SVG path of its dark squares."""

from dataclasses import dataclass


@dataclass(frozen=True)
class QrCode:
    """A drawing `size` squares wide and high, margin included; `path` draws lines one square thick."""

    size: int
    path: str


MARGIN = 2


def qr_code(text):
    # On first use: the start of a process loads no library of files, pictures or ciphers.
    import segno

    rows = segno.make(text, error="m", micro=False).matrix
    steps = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                steps.append(f"M{x + MARGIN} {y + MARGIN}.5h{length}")
            x += length + 1
    return QrCode(len(rows) + 2 * MARGIN, "".join(steps))
