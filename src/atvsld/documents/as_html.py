"""HTML: an accessible fragment for pages, and a page that stands alone for saving."""

from __future__ import annotations

import json
from html import escape

from atvsld.documents import display, layout
from atvsld.documents.model import (
    Block,
    Cell,
    Chart,
    Document,
    Heading,
    KeyValues,
    Notice,
    PageBreak,
    Paragraph,
    Piece,
    QrCode,
    Row,
    Sentence,
    SignatureHere,
    Signatures,
    Table,
)

_STYLE = """
body{font-family:Tinos,"Times New Roman",serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#111}
.letterhead{display:grid;grid-template-columns:2fr 3fr;text-align:center;gap:0 1rem}.letterhead p{margin:0}
.letterhead .issuer,.letterhead .motto,.letterhead .motto-line,.title{font-weight:bold}
.letterhead .place{font-style:italic}.title,.subtitle,.addressed-to,.form-label{text-align:center}
.form-label{text-align:right}.title{text-transform:uppercase}table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{font-weight:bold;text-align:left}th,td{border:1px solid #555;padding:.25rem .4rem;vertical-align:middle}
tbody th{font-weight:normal;text-align:left}td.num{text-align:right;font-variant-numeric:tabular-nums}
td.code,td.date{text-align:center}tr.total th,tr.total td,tr.heading th,tr.heading td{font-weight:bold}
.level-1>th{padding-left:1.4rem}.level-2>th{padding-left:2.4rem}.level-3>th{padding-left:3.4rem}
.sentence-flagged,.sentence-flagged .figure{color:#b3261e}
.notice{border:1px solid #555;border-left-width:.4rem;padding:.4rem .8rem;margin:.6rem 0}
.notice-provisional{border-color:#b45309;background:#fffbeb}.table-wrap{overflow-x:auto}.unit{text-align:right;font-style:italic}
.key-values{display:grid;grid-template-columns:1fr;gap:.2rem 2rem}.key-values.two{grid-template-columns:1fr 1fr}
.key-values dt,.key-values dd{display:inline;margin:0}.closing{display:grid;grid-template-columns:1fr 1fr}
.signatures{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:2rem}
.signature{text-align:center}.signature .name{margin-top:5rem}.page-break{break-after:page;border:0}
"""


def to_html(doc: Document, *, headings_from: int = 2) -> str:
    """The paper as a fragment. headings_from: the level of its title (`2` → `<h2>`), at most 6."""
    parts = [f'<article class="document" lang="{doc.language}">', _head(doc, headings_from)]
    parts += [_block(doc, block, headings_from + 1) for block in doc.blocks]
    if not any(isinstance(block, SignatureHere) for block in doc.blocks):
        parts.append(_closing(doc))
    footer = display.page_footer(doc)
    if footer:
        parts.append(f'<footer class="document-footer"><small>{_text(footer)}</small></footer>')
    return "\n".join(part for part in parts if part) + "\n</article>"


def to_html_page(doc: Document) -> str:
    """The paper as a page that stands alone; charts show their descriptions, for nothing is fetched."""
    return (
        f'<!doctype html>\n<html lang="{doc.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{_text(doc.title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n{to_html(doc, headings_from=1)}\n</body></html>\n"
    )


def _text(text: str) -> str:
    return escape(display.clean(text))


def _lines(text: str) -> str:
    return _text(text).replace("\n", "<br>")


def _heading(level: int, text: str, css: str = "") -> str:
    tag = f"h{min(level, 6)}"
    return f"<{tag}{css}>{_lines(text)}</{tag}>"


def _head(doc: Document, level: int) -> str:
    parts = [f'<p class="form-label">{_lines(doc.form_label)}</p>'] if doc.form_label else []
    head = doc.letterhead
    if head:
        parent = f"<p>{_lines(head.parent_body)}</p>" if head.parent_body else ""
        parts.append(
            f'<header class="letterhead"><div>{parent}<p class="issuer">{_lines(head.body)}</p>'
            f'<p class="number">{_lines(display.document_number(doc))}</p></div>'
            f'<div><p class="motto" lang="vi">{display.MOTTO[0]}</p>'
            f'<p class="motto-line" lang="vi">{display.MOTTO[1]}</p>'
            f'<p class="place">{_text(display.place_and_day(doc))}</p></div></header>'
        )
    if doc.title:
        parts.append(_heading(level, doc.title, ' class="title"'))
    if doc.subtitle:
        parts.append(f'<p class="subtitle">{_lines(doc.subtitle)}</p>')
    if doc.addressed_to:
        to = display.word(doc.language, "to")
        parts.append(f'<p class="addressed-to">{to} {_lines(doc.addressed_to)}</p>')
    return "\n".join(parts)


def _signatures(block: Signatures) -> str:
    people = [
        f'<div class="signature"><p class="signatory"><strong>{_lines(one.title)}</strong></p>'
        + (f'<p class="note"><em>{_lines(one.note)}</em></p>' if one.note else "")
        + (f'<p class="name">{_text(one.name)}</p>' if one.name else "")
        + "</div>"
        for line in block.lines()
        for one in line
    ]
    return f'<div class="signatures">{"".join(people)}</div>'


def _closing(doc: Document) -> str:
    if not (doc.signature or doc.recipients):
        return ""
    left = right = ""
    if doc.recipients:
        items = "".join(f"<li>{_text(item)}</li>" for item in doc.recipients.items)
        left = f"<p><strong>{display.word(doc.language, 'recipients')}</strong></p><ul>{items}</ul>"
    if doc.signature:
        sign = doc.signature
        note = f'<p class="note"><em>{_lines(sign.note)}</em></p>' if sign.note else ""
        name = f'<p class="name">{_text(sign.name)}</p>' if sign.name else ""
        right = f'<p class="signatory"><strong>{_lines(sign.title)}</strong></p>{note}{name}'
    return f'<div class="closing"><div class="recipients">{left}</div><div class="signature">{right}</div></div>'


def _block(doc: Document, block: Block, level: int) -> str:  # noqa: C901, PLR0911 — one answer a kind
    match block:
        case Heading():
            return _heading(level + block.level - 1, block.text)
        case Paragraph():
            return f'<p class="paragraph-{block.style}">{_lines(block.text)}</p>'
        case Sentence():
            return _sentence(block)
        case KeyValues():
            return _key_values(doc, block)
        case Table():
            return _table(doc, block)
        case Chart():
            spec = escape(json.dumps(block.spec, ensure_ascii=False, default=str))
            alt = _text(block.alt)
            return (
                f'<div class="chart" data-vega-lite="{spec}" data-width="{block.width}" data-height="{block.height}" '
                f'role="img" aria-label="{alt}"><noscript>{alt}</noscript></div>'
            )
        case Notice():
            label = display.notice_label(doc.language, block.level)
            return (
                f'<div class="notice notice-{block.level}" role="note"><strong>{label}:</strong> '
                f"{_lines(block.text)}</div>"
            )
        case PageBreak():
            return '<hr class="page-break">'
        case Signatures():
            return _signatures(block)
        case QrCode():
            # Pages show the words: the code is for paper, and its address is at hand on a page.
            return f'<p class="qr-caption">{_lines(block.caption)}</p>'
        case SignatureHere():
            return _closing(doc)


def _sentence(block: Sentence) -> str:
    """Figures are links to what they count; what is wrong with the sentence follows in words."""
    shown = "".join(_piece(piece) for piece in block.pieces)
    anchor = f' id="{escape(block.tag)}"' if block.tag else ""
    if not block.flag:
        return f'<p class="sentence"{anchor}>{shown}</p>'
    return (
        f'<p class="sentence sentence-flagged"{anchor}>{shown} '
        f'<strong class="flag">{_text(display.flag_text(block.flag))}</strong></p>'
    )


def _piece(piece: Piece) -> str:
    if not piece.tag:
        return _lines(piece.text)
    shown = f'<span class="figure">{_text(piece.text)}</span>'
    if piece.href and _is_link(piece.href):
        return f'<a class="figure" href="{escape(piece.href)}">{_text(piece.text)}</a>'
    return shown


def _figure(cell: Cell, text: str, mark: str = "") -> str:
    shown = _lines(text)
    if cell.href and _is_link(cell.href):
        shown = f'<a href="{escape(cell.href)}">{shown}</a>'
    return shown + (f'<sup class="mark">{mark}</sup>' if mark else "")


def _is_link(href: str) -> bool:
    """Pages of this site, the web and mail; anything else (`javascript:`) is printed without a link."""
    return not href.startswith("//") and href.startswith(("/", "#", "?", "./", "https://", "http://", "mailto:"))


def _key_values(doc: Document, block: KeyValues) -> str:
    rows = "".join(
        f"<div><dt>{_text(label)}:</dt> <dd>{_figure(cell, display.cell_text(cell, language=doc.language))}</dd></div>"
        for label, cell in block.cells
    )
    return f'<dl class="key-values{" two" if block.columns == 2 else ""}">{rows}</dl>'


def _table(doc: Document, table: Table) -> str:
    anchor = escape(table.id)
    unit = f'<p class="unit">{display.word(doc.language, "unit")} {_text(table.unit)}</p>' if table.unit else ""
    head = []
    for row in layout.header_rows(table):
        cells = "".join(_header_cell(cell) for cell in row)
        head.append(f"<tr>{cells}</tr>")
    if table.number_row:
        cells = "".join(f"<td>{_text(number)}</td>" for number in layout.column_numbers(table))
        head.append(f'<tr class="column-numbers">{cells}</tr>')
    marks = display.remarks(table)
    body = [_row(doc, table, row, marks) for row in table.rows]
    notes = "".join(
        f"<li>{f'<sup>{mark}</sup> ' if mark else ''}{_lines(note)}</li>" for mark, note in display.footnotes(table)
    )
    return (
        f'<section class="table-block" id="{anchor}">{unit}<div class="table-wrap" tabindex="0" role="region" '
        f'aria-label="{_text(table.title)}"><table class="table document-table">'
        f"<caption>{_lines(table.title)}</caption><thead>{''.join(head)}</thead><tbody>\n"
        + "\n".join(body)
        + "\n</tbody></table></div>"
        + (f'<ul class="table-notes">{notes}</ul>' if notes else "")
        + "</section>"
    )


def _header_cell(cell: layout.HeaderCell) -> str:
    down = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    across = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    scope = "col" if cell.leaf else "colgroup"
    return f'<th scope="{scope}"{down}{across}>{_lines(cell.label)}</th>'


def _row(doc: Document, table: Table, row: Row, marks: dict[str, str]) -> str:
    leaves, named = table.leaves, layout.named_column(table)
    level = f" level-{row.level}" if row.level else ""
    texts = display.row_texts(table, row, doc.language)
    shown = [_figure(cell, text, marks.get(cell.note or "", "")) for cell, text in zip(row.cells, texts, strict=True)]
    opening = f'<tr class="{row.kind}{level}" data-key="{escape(row.key)}">'
    if len(shown) != len(leaves):
        return f'{opening}<th scope="rowgroup" colspan="{len(leaves)}">{shown[0]}</th></tr>'
    cells = []
    for place, (content, leaf) in enumerate(zip(shown, leaves, strict=True)):
        css = {"number": ' class="num"', "code": ' class="code"', "date": ' class="date"', "text": ""}[leaf.kind]
        cells.append(f'<th scope="row"{css}>{content}</th>' if place == named else f"<td{css}>{content}</td>")
    return f"{opening}{''.join(cells)}</tr>"
