"""The cells of one outline row: text to values and back, every mistake kept as a problem with row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.law.programme import Holder
from atvsld.law.programme_words import HolderWord, Word, word_of

E = TypeVar("E", bound=StrEnum)
_HOLDER = re.compile(
    r"(?P<word>[^*\[\]{}<>]+?)\s*(?P<read>\*)?"
    r"(?:\s*\[(?P<start>[^\]]*?)\.\.(?P<end>[^\]]*)\])?(?:\s*\{(?P<status>\w+)\})?(?:\s*<(?P<cited>[^>]+)>)?"
)
_YES, _NO = ("true", "1", "x", "co", "yes"), ("false", "0", "khong", "no")


def written_list(words: Iterable[str]) -> str:
    return "; ".join(words)


def written_holders(holders: Iterable[Holder]) -> str:
    """Holders as a cell; marks are written only where they differ from what their absence means."""
    return "; ".join(map(_written, holders))


def _written(holder: Holder) -> str:
    text = holder.word + ("" if holder.named else "*")
    if holder.valid_from or holder.valid_to:
        start, end = (day.isoformat() if day else "" for day in (holder.valid_from, holder.valid_to))
        text += f" [{start}..{end}]"
    if holder.status is not _usual(named=holder.named):
        text += f" {{{holder.status.value}}}"
    if holder.citation:
        text += f" <{holder.citation}>"
    return text


def _usual(*, named: bool) -> Certainty:
    return Certainty.OFFICIAL if named else Certainty.PROVISIONAL


@dataclass(frozen=True)
class Cells:
    """One row; `problems` is shared by all rows of the sheet. Reading goes on after a mistake, to find them all."""

    values: Mapping[str, str]
    columns: Sequence[str]
    row: int | None
    problems: list[Problem]

    def __post_init__(self) -> None:
        for column in self.values:
            if column not in self.columns:
                self.report("column", column, f"Không biết cột “{column}”.", f"Các cột: {', '.join(self.columns)}.")

    def report(self, code: str, column: str, message: str, remedy: str) -> None:
        where = self.values.get("id") or None
        self.problems.append(Problem(f"programme.{code}", message, remedy, row=self.row, column=column, value=where))

    def text(self, column: str) -> str:
        return (self.values.get(column) or "").strip()

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            self.report("missing", column, f"Cột “{column}” còn trống.", "Điền vào cột này.")
        return value

    def day(self, column: str) -> date | None:
        return self._day(self.text(column), column)

    def required_day(self, column: str) -> date:
        """The day; an arbitrary one beside a problem when it is missing or wrong, since the plan is then refused."""
        if not self.text(column):
            self.report("missing", column, f"Cột “{column}” còn trống.", "Ghi ngày dạng 31/12/2025.")
        return self.day(column) or date.min

    def _day(self, text: str, column: str) -> date | None:
        text = text.strip()
        for pattern in ("%Y-%m-%d", "%d/%m/%Y") if text else ():
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, no moment
            except ValueError:
                continue
        if text:
            self.report("date", column, f"“{text}” không phải ngày.", "Ghi dạng 31/12/2025 hoặc 2025-12-31.")
        return None

    def number(self, column: str) -> int | None:
        text = self.text(column)
        if text and not (text.isascii() and text.isdigit()):
            self.report("number", column, f"“{text}” không phải số nguyên.", "Ghi số, ví dụ 2.")
            return None
        return int(text) if text else None

    def flag(self, column: str) -> bool:
        wanted = fold(self.text(column))
        if wanted and wanted not in (*_YES, *_NO):
            self.report("flag", column, f"“{self.text(column)}” không rõ có hay không.", "Ghi có hoặc không.")
        return wanted in _YES

    def one_of(self, column: str, kinds: type[E], default: E | None, *, labels: Mapping[str, str] | None = None) -> E:
        """The kind written as its word or its label; the first kind beside a problem when it is none."""
        text = self.text(column)
        if not text and default is not None:
            return default
        for kind in kinds:
            if fold(text) in (kind.value, fold((labels or {}).get(kind.value, kind.value))):
                return kind
        known = ", ".join((labels or {}).get(kind.value, kind.value) for kind in kinds)
        self.report("kind", column, f"Không hiểu “{text}”.", f"Dùng một trong: {known}.")
        return next(iter(kinds))

    def listed(self, column: str) -> tuple[str, ...]:
        return tuple(part for one in self.text(column).split(";") if (part := one.strip()))

    def word(self, column: str, known: Mapping[str, Word], *, required: bool = False) -> str | None:
        text = self.required(column) if required else self.text(column)
        return self._word(text, column, known) if text else None

    def words(self, column: str, known: Mapping[str, Word]) -> tuple[str, ...]:
        return tuple(self._word(text, column, known) for text in self.listed(column))

    def _word(self, text: str, column: str, known: Mapping[str, Word]) -> str:
        found = word_of(text, known)
        if found is None:
            self.report("word", column, f"Không hiểu “{text}”.", f"Dùng một trong: {', '.join(known)}.")
        return found or text

    def holders(self, column: str, known: Mapping[str, HolderWord]) -> tuple[Holder, ...]:
        return tuple(found for text in self.listed(column) if (found := self._holder(text, column, known)))

    def _holder(self, text: str, column: str, known: Mapping[str, HolderWord]) -> Holder | None:
        match = _HOLDER.fullmatch(text)
        status = match["status"] if match else None
        if match is None or (status is not None and status not in list(Certainty)):
            remedy = "Dạng: chức năng, hoặc chức năng* [2025-07-01..] {provisional} <văn bản>."
            self.report("holder", column, f"Không đọc được “{text}”.", remedy)
            return None
        named = not match["read"]
        instrument, _, locator = (match["cited"] or "").partition(" ")
        return Holder(
            word=self._word(match["word"], column, known),
            named=named,
            valid_from=self._day(match["start"] or "", column),
            valid_to=self._day(match["end"] or "", column),
            status=Certainty(status) if status else _usual(named=named),
            citation=Citation(instrument, locator) if instrument else None,
        )
