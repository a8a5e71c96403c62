"""WordprocessingML that python-docx has no words for: runs, cells, tables written directly, which is also fast."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FONT = "Times New Roman"
_TWIPS_PER_MM = 56.6929
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """A `w:` element; attribute names without their prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * _TWIPS_PER_MM)


def fonts() -> Any:
    """All four faces of a run; a missing one lets Word mix fonts within Vietnamese words."""
    return element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)


def run(
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    raised: bool = False,
    colour: str = "",
) -> Any:
    """A run of text; line breaks become breaks. Elements stand in the order the schema wants.

    colour: six hex digits.
    """
    style = []
    if bold:
        style.append(element("b"))
    if italic:
        style.append(element("i"))
    if colour:
        style.append(element("color", val=colour))
    if size:
        style += [element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))]
    if raised:
        style.append(element("vertAlign", val="superscript"))
    made = element("r")
    if style:
        made.append(element("rPr", *style))
    for place, line in enumerate(text.split("\n")):
        if place:
            made.append(element("br"))
        made.append(_text("t", line))
    return made


def _text(tag: str, text: str) -> Any:
    made = element(tag)
    made.text = text
    made.set(_SPACE, "preserve")
    return made


def field(code: str, *, size: float) -> list[Any]:
    """The runs of a computed field such as PAGE."""
    runs = [run("", size=size) for _ in range(3)]
    for made, content in zip(
        runs,
        (element("fldChar", fldCharType="begin"), _text("instrText", code), element("fldChar", fldCharType="end")),
        strict=True,
    ):
        made.remove(made[-1])
        made.append(content)
    return runs


def paragraph(*runs: Any, align: str = "left", keep_next: bool = False, indent: float = 0, before: float = 0) -> Any:
    """A paragraph without space around it. align: left, center, right, both. indent in mm, before in points."""
    style = element("pPr")
    if keep_next:
        style.append(element("keepNext"))
    style.append(element("spacing", before=round(before * 20), after=0, line=240, lineRule="auto"))
    if indent:
        style.append(element("ind", left=twips(indent)))
    style.append(element("jc", val=align))
    return element("p", style, *runs)


def gap(points: float = 6) -> Any:
    """An empty paragraph of that height; Word wants one between and after tables."""
    height = round(points * 20)
    return element("p", element("pPr", element("spacing", before=0, after=0, line=height, lineRule="exact")))


def cell(*paragraphs: Any, width: float, span: int = 1, merge: str | None = None, shade: str | None = None) -> Any:
    """A table cell. width in mm; merge: restart or continue of a vertical merge; shade: a colour of six hex digits."""
    style = element("tcPr", element("tcW", w=twips(width), type="dxa"))
    if span > 1:
        style.append(element("gridSpan", val=span))
    if merge:
        style.append(element("vMerge", val=merge))
    if shade:
        style.append(element("shd", val="clear", color="auto", fill=shade))
    style.append(element("vAlign", val="center"))
    return element("tc", style, *(paragraphs or (paragraph(),)))


def table_row(*cells: Any, header: bool = False) -> Any:
    """A row that does not break over pages; a header row is repeated on each page."""
    style = element("trPr", element("cantSplit"))
    if header:
        style.append(element("tblHeader"))
    return element("tr", style, *cells)


def table(rows: list[Any], widths: tuple[float, ...], *, borders: bool, padding: float = 1.2) -> Any:
    """A table of fixed layout. widths and padding in mm."""
    style = element("tblPr", element("tblW", w=sum(map(twips, widths)), type="dxa"), element("jc", val="center"))
    if borders:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        style.append(
            element("tblBorders", *(element(side, val="single", sz=4, space=0, color="auto") for side in sides))
        )
    style.append(element("tblLayout", type="fixed"))
    air = 0.5 if borders else 0.2
    gaps = {"top": air, "left": padding, "bottom": air, "right": padding}
    style.append(element("tblCellMar", *(element(side, w=twips(gap), type="dxa") for side, gap in gaps.items())))
    grid = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths))
    return element("tbl", style, grid, *rows)
