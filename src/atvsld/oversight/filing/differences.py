"""What a later submission says otherwise than an earlier one, place by place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from atvsld.oversight.filing import keys
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.numbers import plain


@dataclass(frozen=True, slots=True)
class Difference:
    """One place before and after, as text (figures in JSON form); None: the place was not there."""

    key: str
    before: str | None
    after: str | None
    figure: bool


def between(earlier: Content, later: Content) -> list[Difference]:
    """Every place that differs, figures first and in the order of the form, then words, header and files.

    A figure of a row that was left out because it held nothing was 0.
    """
    found = []
    before, after = _figures(earlier), _figures(later)
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key, "0"), after.get(key, "0")
        if old != new:
            found.append(Difference(key, old, new, figure=True))
    words_before, words_after = _words(earlier), _words(later)
    for key in dict.fromkeys((*words_before, *words_after)):
        old, new = words_before.get(key), words_after.get(key)
        if (old or None) != (new or None):
            found.append(Difference(key, old, new, figure=False))
    return found


def _figures(content: Content) -> dict[str, str | None]:
    return {
        keys.cell(table, row, column): plain(value)
        for table, rows in content.figures.items()
        for row, cells in rows.items()
        for column, value in cells.items()
    }


def _words(content: Content) -> Mapping[str, str]:
    """Everything else that was written; files by name."""
    figures = _figures(content)
    found = {key: text for key, text in content.texts().items() if key not in figures}
    return found | {f"file:{file['sha256'][:12]}": str(file["name"]) for file in content.files}
