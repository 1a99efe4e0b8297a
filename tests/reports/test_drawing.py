"""Charts and pictures."""

import struct
import zlib

import pypdfium2
import pytest
from reportlab.graphics import renderPDF

from ivaudit.domain.charts import Axis, BarChart, RadarChart
from ivaudit.domain.scale import Symbol
from ivaudit.reports.drawing import draw, png
from ivaudit.reports.palette import DARK, LIGHT, Inks
from ivaudit.reports.raster import encode
from ivaudit.reports.symbols import symbol

LABELS = ("Politique", "Recherche d'un dossier existant " * 4, "Soins", "Anticonstitutionnellement" * 9)
AXES = tuple(Axis(label=label, value=value) for label, value in zip(LABELS, (0, 100, None, 50), strict=True))


def _text(chart: RadarChart | BarChart) -> str:
    with pypdfium2.PdfDocument(renderPDF.drawToString(draw(chart, 480))) as document:
        return document[0].get_textpage().get_text_range().replace("\u00a0", " ")


@pytest.mark.parametrize("kind", [RadarChart, BarChart])
def test_every_axis_says_its_figure_or_why_not(kind: type[RadarChart] | type[BarChart]) -> None:
    text = _text(kind(title="Essai", axes=AXES))
    assert "pas de score" in text
    assert "Politique" in text
    assert "…" in text
    assert {"100", "50"} <= set(text.split())


@pytest.mark.parametrize("kind", [RadarChart, BarChart])
@pytest.mark.parametrize("width", [240, 480])
def test_nothing_is_drawn_outside(kind: type[RadarChart] | type[BarChart], width: int) -> None:
    drawing = draw(kind(title="Essai", axes=AXES), width)
    left, low, right, high = drawing.getBounds()
    assert left >= -1
    assert low >= -1
    assert right <= drawing.width + 1
    assert high <= drawing.height + 1


@pytest.mark.parametrize("inks", [LIGHT, DARK])
def test_a_picture_has_the_asked_width_and_the_surface_of_its_look(inks: Inks) -> None:
    picture = png(draw(BarChart(title="Essai", axes=AXES), 480, inks), 960, inks)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">I", picture[16:20]) == (960,)
    first = zlib.decompress(picture[picture.index(b"IDAT") + 4 :])[1:4]
    assert tuple(first) == tuple(round(part * 255) for part in inks.surface.rgb())


def test_an_empty_chart_can_be_drawn() -> None:
    assert draw(BarChart(title="Rien", axes=()), 480).height > 0


@pytest.mark.parametrize("kind", list(Symbol))
def test_every_symbol_is_a_shape_in_its_square(kind: Symbol) -> None:
    left, low, right, high = symbol(kind.value, LIGHT.good, 10).getBounds()
    assert left >= -1
    assert low >= -1
    assert max(right, high) <= 11


def test_pixels_are_encoded_without_padding_nor_fourth_channel() -> None:
    row = bytes((1, 2, 3, 255, 4, 5, 6, 255, 0, 0))
    picture = encode(row * 2, 2, 2, 10, 4)
    size = struct.unpack(">I", picture[33:37])[0]
    assert zlib.decompress(picture[41 : 41 + size]) == b"\x00\x01\x02\x03\x04\x05\x06" * 2
