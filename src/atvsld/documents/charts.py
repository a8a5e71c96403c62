"""Charts drawn on the server from the same Vega-Lite specification the page shows; nothing is fetched."""

from __future__ import annotations

from functools import cache
from typing import Any

import vl_convert

from atvsld.documents.fonts_folder import FAMILY, fonts_folder
from atvsld.documents.model import Chart, Language

_CONFIG: dict[str, Any] = {
    "font": FAMILY,
    "background": "white",
    "view": {"stroke": "transparent"},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "gridColor": "#dddddd"},
    "legend": {"labelFontSize": 13, "titleFontSize": 13},
    "title": {"fontSize": 14},
}
_NUMBERS: dict[Language, dict[str, Any]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", " ₫"]},
}


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(fonts_folder()))


def _sized(chart: Chart) -> dict[str, Any]:
    """The specification at the size asked for; `container` has no meaning outside a page."""
    size = {"width": chart.width, "height": chart.height, "autosize": {"type": "fit", "contains": "padding"}}
    own = {name: value for name, value in chart.spec.items() if value != "container"}
    # Composed views size their parts themselves.
    return own if {"facet", "hconcat", "vconcat", "concat", "repeat"} & own.keys() else {**size, **own}


def chart_svg(chart: Chart, language: Language) -> str:
    """The chart as SVG. Raises ValueError when the specification is not valid or asks for remote data."""
    _register_fonts()
    svg: str = vl_convert.vegalite_to_svg(
        _sized(chart), config=_CONFIG, allowed_base_urls=[], format_locale=_NUMBERS[language]
    )
    return svg


def chart_png(chart: Chart, language: Language, *, scale: float = 2.0) -> bytes:
    """The chart as PNG at twice the size, sharp in print. Raises ValueError as chart_svg does."""
    _register_fonts()
    png: bytes = vl_convert.vegalite_to_png(
        _sized(chart), scale=scale, config=_CONFIG, allowed_base_urls=[], format_locale=_NUMBERS[language]
    )
    return png
