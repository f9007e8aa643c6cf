"""Pictures for the demo: plain drawings that nobody takes for photographs."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

PAPER, INK, RED, PINE, STRAW, SKIN = "#f6f0e2", "#221d17", "#8f1911", "#1b4735", "#e8cf98", "#e9c9a4"


def draw(scene, seed):
    """A PNG of 640 × 400: `street` (a table under a tree) or `stage` (singers before an audience)."""
    image = Image.new("RGB", (640, 400), STRAW)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 300, 640, 400), fill=PAPER)
    (_stage if scene == "stage" else _street)(pen, seed)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return ContentFile(buffer.getvalue())


def _person(pen, x, y, coat):
    pen.polygon([(x - 28, y + 110), (x - 20, y + 30), (x + 20, y + 30), (x + 28, y + 110)], fill=coat)
    pen.ellipse((x - 20, y - 14, x + 20, y + 30), fill=SKIN, outline=INK, width=3)
    pen.arc((x - 20, y - 16, x + 20, y + 24), 180, 360, fill=INK, width=8)


def _street(pen, seed):
    pen.rectangle((90, 120, 120, 320), fill=INK)
    for x, y in ((20, 40), (80, 10), (140, 50)):
        pen.ellipse((x - 20, y, x + 120, y + 110), fill=PINE)
    pen.rectangle((250, 270, 520, 286), fill=INK)
    pen.rectangle((264, 286, 274, 350), fill=INK)
    pen.rectangle((496, 286, 506, 350), fill=INK)
    for place, coat in enumerate((RED, PAPER, PINE)[: 2 + seed % 2]):
        _person(pen, 290 + place * 95, 160, coat)
    pen.rectangle((340 + seed % 5 * 10, 240, 400 + seed % 5 * 10, 270), fill=RED, outline=INK, width=3)


def _stage(pen, seed):
    pen.rectangle((60, 60, 580, 300), fill=RED)
    pen.rectangle((90, 90, 550, 300), fill=PAPER, outline=INK, width=4)
    for place in range(3 + seed % 3):
        _person(pen, 150 + place * 80, 150, (PINE, RED, INK)[place % 3])
    for place in range(9):
        x = 50 + place * 68
        pen.ellipse((x - 22, 330, x + 22, 376), fill=INK)
        pen.rectangle((x - 30, 366, x + 30, 400), fill=INK)
