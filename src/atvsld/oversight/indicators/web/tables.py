"""A table of the paper by itself, as HTML for a page that has its own headings."""

from __future__ import annotations

import re

from atvsld.documents import model
from atvsld.documents.render import to_html
from atvsld.oversight.indicators import wording

_BLOCK = re.compile(r'<section class="table-block".*?</section>', re.DOTALL)


def table_html(table: model.Table) -> str:
    """The table as the documents ring draws it, without the title of a paper around it."""
    language: model.Language = "en" if wording.language() == "en" else "vi"
    found = _BLOCK.search(to_html(model.Document(title=table.title, blocks=(table,), language=language)))
    # The panel around the table shows the title; the caption stays for those who hear the page.
    return found.group().replace("<caption>", '<caption class="visually-hidden">', 1) if found else ""
