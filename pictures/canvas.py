"""What widgets are drawn on: boxes of pixels, text that fits, axes inside a box."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.patches import FancyBboxPatch, Rectangle
from PIL import Image, ImageFont

from pictures.layout import Box
from pictures.theme import Theme

_DPI = 100
_PIXELS_TO_POINTS = 72 / _DPI
_COLOURS = 64
"""Enough for all lines and their smooth edges; a fifth of the size of full colour."""
SMALLEST = 11
"""Pixels of the smallest letters."""
_FONT = "DejaVu Sans"
_MEASURED = 100
"""The size in which letters are measured."""
_Side = Literal["left", "center", "right"]


@cache
def _letters(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(findfont(FontProperties(family=_FONT, weight="bold" if bold else "normal")), _MEASURED)


@cache
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that a text takes."""
    return _letters(bold).getlength(text) * size / _MEASURED


def fitted(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than that many pixels."""
    if text_width(text, size, bold) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(text[:middle] + "…", size, bold) <= width else (low, middle - 1)
    return text[:low].rstrip() + "…" if low else ""


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The words of a text in lines of at most that many pixels."""
    lines = [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(tried, size) > width:
            lines.append(fitted(word, width, size))
        else:
            lines[-1] = fitted(tried, width, size)
    return lines


class Canvas:
    """One picture."""

    def __init__(self, width: float, height: float, theme: Theme) -> None:
        self.theme = theme
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / _DPI, height / _DPI), dpi=_DPI, facecolor=theme.back)
        self._agg = FigureCanvasAgg(self.figure)
        self.paper: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.paper.set_axis_off()
        self.paper.set_xlim(0, width)
        self.paper.set_ylim(height, 0)

    def rectangle(self, box: Box, colour: str, edge: str | None = None, *, round_: float = 4, alpha: float = 1) -> None:
        """A filled box, with round corners unless `round_` is 0."""
        style: dict[str, Any] = {"facecolor": colour, "edgecolor": edge or "none", "linewidth": 0.8, "alpha": alpha}
        corner = (box.left, box.top)
        if round_:
            shape = f"round,pad=0,rounding_size={min(round_, box.width / 2, box.height / 2)}"
            self.paper.add_patch(FancyBboxPatch(corner, box.width, box.height, boxstyle=shape, **style))
        else:
            self.paper.add_patch(Rectangle(corner, box.width, box.height, **style))

    def text(
        self, x: float, y: float, text: str, size: float = 12, colour: str | None = None, *, bold: bool = False,
        side: _Side = "left", width: float | None = None, back: str | None = None,
    ) -> None:  # fmt: skip
        """A line of text whose middle is at `y`, above all graphs; cut to `width` pixels. `size` is in pixels.

        `back` is the colour behind it, where it stands on lines.
        """
        text = text if width is None else fitted(text, width, size, bold)
        self.figure.text(
            x / self.width, 1 - y / self.height, text.replace("$", r"\$"), fontsize=size * _PIXELS_TO_POINTS,
            color=colour or self.theme.ink, ha=side, va="center_baseline", fontfamily=_FONT,
            fontweight="bold" if bold else "normal",
            bbox={"facecolor": back, "edgecolor": "none", "alpha": 0.75, "pad": 1} if back else None,
        )  # fmt: skip

    def axes(self, box: Box) -> Axes:
        """Axes whose inner rectangle is the box: quiet ones, with a grid across."""
        made = self.figure.add_axes(
            (box.left / self.width, 1 - box.bottom / self.height, box.width / self.width, box.height / self.height)
        )
        made.set_facecolor("none")
        for name, spine in made.spines.items():
            spine.set_visible(name == "bottom")
            spine.set_color(self.theme.edge)
        made.tick_params(
            length=0,
            pad=3,
            labelsize=SMALLEST * _PIXELS_TO_POINTS,
            labelcolor=self.theme.soft,
            labelfontfamily=_FONT,
        )
        made.set_axisbelow(True)
        return made

    def png(self) -> bytes:
        """The picture, the same bytes for the same drawing."""
        self._agg.draw()  # type: ignore[no-untyped-call]
        buffer = self._agg.buffer_rgba()  # type: ignore[no-untyped-call]
        width, height = self._agg.get_width_height()
        image = Image.frombuffer("RGBA", (width, height), buffer, "raw", "RGBA", 0, 1).convert("RGB")
        out = BytesIO()
        image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        return out.getvalue()
