"""Word: what officials edit. Layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from atvsld.documents import display, layout
from atvsld.documents import docx_xml as word
from atvsld.documents.charts import chart_png
from atvsld.documents.docx_sentence import sentence_part
from atvsld.documents.docx_table import table_parts
from atvsld.documents.model import (
    Block,
    Chart,
    Document,
    Heading,
    KeyValues,
    Notice,
    PageBreak,
    Paragraph,
    QrCode,
    Sentence,
    Signature,
    SignatureHere,
    Signatures,
    Table,
)
from atvsld.documents.qr import SIDE, qr_png

_MM_PER_PIXEL = 25.4 / 96


def to_docx(doc: Document) -> bytes:
    """The paper as a Word file; portrait and landscape pages follow its tables."""
    return many_to_docx((doc,))


def many_to_docx(docs: Sequence[Document]) -> bytes:
    """Papers in one Word file (a mail merge), each from a new page with its own head and closing, pages counted anew.

    Title, language and running foot are those of the first.
    """
    file = docx.Document()
    _styles(file, docs[0])
    _properties(file, docs[0])
    for place, doc in enumerate(docs):
        _write(file, doc, follows=place > 0)
    kept = io.BytesIO()
    file.save(kept)
    return _without_clock(kept.getvalue())


def _write(file: Any, doc: Document, *, follows: bool) -> None:
    """Append a paper; the first one begins in the section that every Word file has."""
    for place, part in enumerate(layout.sections(doc)):
        section = file.add_section(WD_SECTION.NEW_PAGE) if place or follows else file.sections[0]
        _page(section, landscape=part.landscape)
        # Word hides the number on the first page of the paper only.
        section.different_first_page_header_footer = place == 0
        if not place:
            if follows:
                _count_anew(section)
            else:
                _running_heads(section, doc)
            _put(file, *_head(doc, landscape=part.landscape))
        for block in part.blocks:
            _draw(file, doc, block, landscape=part.landscape)
        last = part.landscape
    if not any(isinstance(block, SignatureHere) for block in doc.blocks):
        _close(file, doc, landscape=last)


def _count_anew(section: Any) -> None:
    properties = section._sectPr  # noqa: SLF001
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    margins = properties.find(qn("w:pgMar"))
    margins.addnext(word.element("pgNumType", start=1))


def _without_clock(package: bytes) -> bytes:
    """The package with the moment of packing taken out of it: one paper always makes the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            entry = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(part.filename))
    return kept.getvalue()


def _put(file: Any, *parts: Any) -> None:
    """Append to the body, before the section properties that must stay last."""
    end = file.element.body.sectPr
    for part in parts:
        end.addprevious(part)


def _styles(file: Any, doc: Document) -> None:
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = word.FONT, Pt(13)
    normal.paragraph_format.space_after = Pt(0)
    _fonts(normal, display.LOCALES[doc.language])
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), display.LOCALES[doc.language])
    for level in (1, 2, 3):
        heading = file.styles[f"Heading {level}"]
        heading.font.size, heading.font.bold, heading.font.italic = Pt(13.5), True, level > 1
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(4)
        heading.paragraph_format.keep_with_next = True
        _fonts(heading, display.LOCALES[doc.language])


def _fonts(style: Any, locale: str) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")) + properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.insert(0, word.fonts())
    properties.append(word.element("lang", val=locale, eastAsia=locale))


def _properties(file: Any, doc: Document) -> None:
    core, head = file.core_properties, doc.letterhead
    core.title = display.clean(": ".join(part for part in (doc.title, doc.subtitle) if part))[:255]
    core.author = display.clean(str(doc.metadata.get("author", head.body if head else "")))[:255]
    core.language, core.comments, core.last_modified_by = display.LOCALES[doc.language], "", ""
    core.keywords = display.clean(str(doc.metadata.get("verification_code", "")))[:255]
    # The template's own dates would be a lie; without a day of the paper there is none.
    for name in ("dcterms:created", "dcterms:modified"):
        for old in core._element.findall(qn(name)):  # noqa: SLF001
            core._element.remove(old)  # noqa: SLF001
    if head and head.day:
        core.created = core.modified = datetime(head.day.year, head.day.month, head.day.day, tzinfo=UTC)


def _page(section: Any, *, landscape: bool) -> None:
    width, height = layout.PAGE[landscape]
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    margin = layout.MARGINS[landscape]
    section.top_margin, section.bottom_margin = Mm(margin["top"]), Mm(margin["bottom"])
    section.left_margin, section.right_margin = Mm(margin["left"]), Mm(margin["right"])
    section.header_distance, section.footer_distance = Mm(10), Mm(8)


def _running_heads(section: Any, doc: Document) -> None:
    number = word.paragraph(*word.field("PAGE", size=13), align="center")
    _replace(section.header, number)
    _replace(section.first_page_header, word.paragraph())
    text = display.page_footer(doc)
    for footer in (section.footer, section.first_page_footer):
        _replace(footer, word.paragraph(word.run(text, size=9.5, italic=True)) if text else word.paragraph())


def _replace(holder: Any, paragraph: Any) -> None:
    holder.is_linked_to_previous = False
    old = holder.paragraphs[0]._p  # noqa: SLF001
    old.addprevious(paragraph)
    old.getparent().remove(old)


def _line(text: str, size: float, *, align: str = "center", bold: bool = False, italic: bool = False) -> Any:
    return word.paragraph(word.run(display.clean(text), size=size, bold=bold, italic=italic), align=align)


def _rule(share: float, width: float) -> Any:
    """A short line under the lines above: an empty paragraph with a top border, indented to its length."""
    made = word.paragraph(word.run("", size=4), align="center", before=3)
    side = word.twips((width - share) / 2)
    border = word.element("pBdr", word.element("top", val="single", sz=6, space=2, color="auto"))
    made[0].insert(0, border)
    made[0].insert(2, word.element("ind", left=side, right=side))
    return made


def _letterhead(doc: Document, *, landscape: bool) -> list[Any]:
    head = doc.letterhead
    if not head:
        return []
    room = layout.text_width(landscape=landscape)
    left, right = room * 0.4, room * 0.6
    body = [_line(head.parent_body, 12.5)] if head.parent_body else []
    body += [_line(head.body, 13, bold=True), _rule(22, left - 2.4)]
    motto = [_line(display.MOTTO[0], 12.5, bold=True), _line(display.MOTTO[1], 13.5, bold=True), _rule(58, right - 2.4)]
    rows = [
        word.table_row(word.cell(*body, width=left), word.cell(*motto, width=right)),
        word.table_row(
            word.cell(*_number_lines(doc), width=left),
            word.cell(_line(display.place_and_day(doc), 13.5, italic=True), width=right),
        ),
    ]
    for row in rows:
        _to_top(row)
    return [word.table(rows, (left, right), borders=False), word.gap(12)]


def _number_lines(doc: Document) -> list[Any]:
    """Number and symbol; the subject of a letter stands below, smaller."""
    first, *rest = display.document_number(doc).split("\n")
    return [_line(first, 13), *(_line(part, 12) for part in rest)]


def _head(doc: Document, *, landscape: bool) -> list[Any]:
    parts = [_line(doc.form_label, 11.5, align="right", bold=True)] if doc.form_label else []
    parts += _letterhead(doc, landscape=landscape)
    if doc.title:
        parts.append(_line(display.clean(doc.title).upper(), 14, bold=True))
        parts += [_line(part, 14, bold=True) for part in doc.subtitle.split("\n") if part]
        parts.append(_rule(38, layout.text_width(landscape=landscape)) if doc.letterhead else word.gap(8))
    if doc.addressed_to:
        room = layout.text_width(landscape=landscape)
        label, names = room * 0.3, room * 0.7
        to = word.cell(_line(display.word(doc.language, "to"), 13.5, align="right"), width=label)
        who = word.cell(_line(doc.addressed_to, 13.5, align="left"), width=names)
        for place in (to, who):
            place[0].find(qn("w:vAlign")).set(qn("w:val"), "top")
        parts += [word.table([word.table_row(to, who)], (label, names), borders=False), word.gap(8)]
    return parts


def _closing(doc: Document, *, landscape: bool) -> list[Any]:
    if not (doc.signature or doc.recipients):
        return []
    left, right = [], []
    if doc.recipients:
        left.append(_line(display.word(doc.language, "recipients"), 12, align="left", bold=True, italic=True))
        left += [_line(f"- {item}", 11, align="left") for item in doc.recipients.items]
    if doc.signature:
        right = _signer(doc.signature, room=4)
    half = layout.text_width(landscape=landscape) / 2
    row = word.table_row(word.cell(*left, width=half), word.cell(*right, width=half))
    _to_top(row)
    return [word.paragraph(keep_next=True), word.table([row], (half, half), borders=False), word.paragraph()]


def _close(file: Any, doc: Document, *, landscape: bool) -> None:
    """The closing, with the paragraph above it: a signature must not stand alone on a page."""
    parts = _closing(doc, landscape=landscape)
    if parts:
        _keep_with_next(file)
    _put(file, *parts)


def _draw(file: Any, doc: Document, block: Block, *, landscape: bool) -> None:  # noqa: C901 — one answer a kind
    match block:
        case Heading():
            file.add_heading(display.clean(block.text), min(block.level, 3))
        case Paragraph():
            _put(file, *_paragraphs(block))
        case Sentence():
            _put(file, sentence_part(block))
        case KeyValues():
            _put(file, *_key_values(doc, block, landscape=landscape))
        case Table():
            _put(file, *table_parts(doc, block, landscape=landscape))
        case Chart():
            _chart(file, doc, block, landscape=landscape)
        case Notice():
            _put(file, _notice(doc, block), word.gap(10))
        case PageBreak():
            file.add_page_break()
        case SignatureHere():
            _close(file, doc, landscape=landscape)
        case Signatures():
            _signatures(file, block, landscape=landscape)
        case QrCode():
            _qr(file, block, landscape=landscape)


def _signatures(file: Any, block: Signatures, *, landscape: bool) -> None:
    """Signers side by side; the paragraph above stays with them."""
    _keep_with_next(file)
    for line in block.lines():
        width = layout.text_width(landscape=landscape) / len(line)
        row = word.table_row(*(word.cell(*_signer(one, room=3), width=width) for one in line))
        _to_top(row)
        _put(file, word.gap(12), word.table([row], (width,) * len(line), borders=False))
    _put(file, word.gap())


def _signer(sign: Signature, *, room: int) -> list[Any]:
    """Title, instruction, empty lines for the hand, name."""
    made = [_line(part, 13.5, bold=True) for part in sign.title.split("\n")]
    if sign.note:
        made.append(_line(sign.note, 12, italic=True))
    made += [_line("", 13) for _ in range(room)]
    return [*made, _line(sign.name or "", 13.5, bold=True)]


def _qr(file: Any, block: QrCode, *, landscape: bool) -> None:
    """The code with its words to the right; the picture is put into the cell by python-docx."""
    left = SIDE + 4.0
    widths = (left, layout.text_width(landscape=landscape) - left)
    words = [_line(part, 10, align="left") for part in block.caption.split("\n")]
    row = word.table_row(word.cell(word.paragraph(), width=left), word.cell(*words, width=widths[1]))
    made = word.table([row], widths, borders=False, padding=0.5)
    _put(file, word.gap(12), made, word.paragraph())
    picture = WordTable(made, file).cell(0, 0).paragraphs[0].add_run()
    picture.add_picture(io.BytesIO(qr_png(block.content)), width=Mm(SIDE))
    for properties in made.iter(qn("wp:docPr")):
        properties.set("descr", display.clean(block.caption))


def _to_top(row: Any) -> None:
    for place in row.iter(qn("w:vAlign")):
        place.set(qn("w:val"), "top")


def _keep_with_next(file: Any) -> None:
    """A signature must not stand alone on a page: the paragraph above goes with it."""
    above = file.element.body.sectPr.getprevious()
    if above is not None and above.tag == qn("w:sdt"):
        above = next(above.iter(qn("w:p")), None)
    if above is not None and above.tag == qn("w:p"):
        WordParagraph(above, file).paragraph_format.keep_with_next = True


def _paragraphs(block: Paragraph) -> list[Any]:
    """Running text is one paragraph a line: a justified line that ends in a break would be torn apart."""
    style, text = block.style, display.clean(block.text)
    size = 11 if style == "small" else None
    made = [
        word.paragraph(
            word.run(line, bold=style == "bold", italic=style == "italic", size=size),
            align={"body": "both", "center": "center"}.get(style, "left"),
            before=4,
        )
        for line in (text.split("\n") if style == "body" else [text])
    ]
    for line in made if style == "body" else ():
        line[0].insert(1, word.element("ind", firstLine=word.twips(10)))
    return made


def _key_values(doc: Document, block: KeyValues, *, landscape: bool) -> list[Any]:
    texts = [f"{display.clean(label)}: {display.cell_text(cell, language=doc.language)}" for label, cell in block.cells]
    if block.columns == 1:
        return [word.paragraph(word.run(text), before=2) for text in texts]
    half = layout.text_width(landscape=landscape) / 2
    rows = [
        word.table_row(*(word.cell(word.paragraph(word.run(text)), width=half) for text in (*pair, "")[:2]))
        for pair in (texts[at : at + 2] for at in range(0, len(texts), 2))
    ]
    return [word.table(rows, (half, half), borders=False, padding=0.5), word.gap()]


def _notice(doc: Document, block: Notice) -> Any:
    label = f"{display.notice_label(doc.language, block.level)}: "
    made = word.paragraph(word.run(label, size=12, bold=True), word.run(display.clean(block.text), size=12), before=6)
    line = {
        "provisional": ("dashed", 12, "B45309"),
        "warning": ("single", 8, "000000"),
        "info": ("single", 4, "000000"),
    }
    kind, thickness, colour = line[block.level]
    sides = ("top", "left", "bottom", "right")
    frame = [word.element(side, val=kind, sz=thickness, space=4, color=colour) for side in sides]
    made[0].insert(0, word.element("pBdr", *frame))
    if block.level == "provisional":
        made[0].insert(1, word.element("shd", val="clear", color="auto", fill="FFF7E6"))
    return made


def _chart(file: Any, doc: Document, block: Chart, *, landscape: bool) -> None:
    width = min(block.width * _MM_PER_PIXEL, layout.text_width(landscape=landscape))
    file.add_picture(io.BytesIO(chart_png(block, doc.language)), width=Mm(width))
    last = file.paragraphs[-1]
    last.alignment = 1
    for properties in last._p.iter(qn("wp:docPr")):  # noqa: SLF001
        properties.set("descr", display.clean(block.alt))
