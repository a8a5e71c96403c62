"""From a cell to a value, fast: each distinct cell of a column is read once and remembered.

A converter is a dictionary from raw cells to the text PostgreSQL's COPY takes. What cannot be read becomes NULL
and stands in `problems` (its row will be refused); what was read with a repair stands in `notes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem, Severity
from atvsld.kit.text import fold, format_date
from atvsld.platform.imports.columns import Choice, Column, Kind

NULL = "\\N"
# Remembered cells per column: beyond it the memory is emptied, never the file refused.
_REMEMBERED = 100_000
# Words by which people say that they do not know.
_UNKNOWN = frozenset({"khong ro", "chua ro", "chua xac dinh", "khong biet", "unknown", "n/a", "null", "-", "–"})
# UTF-8 read as Windows-1252: these pairs occur in no Vietnamese or English word.
_MOJIBAKE = re.compile("\ufffd|á[º»]|Ã[\u00a0-\u00bf]|Æ°|Ä\u2018")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]0+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,  ])\d{3})(?:\1\d{3})*")
_CURRENCY = re.compile(r"\s*(?:đồng|đ|₫|vnđ|vnd)\.?$", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(\d{1,2})\s*(?:[:hH]\s*(\d{1,2})?)(?::(\d{1,2}))?\s*)?"
)
_YEAR_FIRST = re.compile(r"\d{4}-\d{1,2}-\d{1,2}.*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EXCEL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (serial numbers carry no zone)
_TRUE = frozenset({"true", "co", "dung", "yes", "y", "x", "1"})
_FALSE = frozenset({"false", "khong", "sai", "no", "n", "0"})


class BadCell(Exception):
    """A cell that cannot be read; carries the problem without its place."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        self.problem = Problem(code, message, remedy)
        super().__init__(message)


class Converter(dict[Any, str]):
    """Raw cell → COPY text, for one column."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.spec = column
        self.problems: dict[Any, Problem] = {}
        self.notes: dict[Any, Problem] = {}

    def __missing__(self, raw: Any) -> str:
        found = NULL
        try:
            if _empty(raw, self.spec.kind):
                if self.spec.required:
                    message = _("chưa có giá trị.")
                    raise BadCell("missing", message, _("Điền giá trị cho cột bắt buộc này."))  # noqa: TRY301
            else:
                found = self.read(raw)
        except BadCell as bad:
            self.problems[raw] = bad.problem
        self[raw] = found
        return found

    def forget(self) -> None:
        """Between two blocks of rows: keep the memory bounded."""
        if len(self) > _REMEMBERED:
            self.clear()
            self.problems.clear()
            self.notes.clear()

    def note(self, raw: Any, code: str, message: str) -> None:
        self.notes[raw] = Problem(code, message, severity=Severity.NOTE)

    def read(self, raw: Any) -> str:
        """The COPY text of a cell that is not empty; `BadCell` when it cannot be read."""
        text = _text(raw)
        if self.spec.normalise is not None:
            stored = self.spec.normalise(text)
            if isinstance(stored, Problem):
                raise BadCell(stored.code, stored.message, stored.remedy)
            if stored != text and _bare(stored) != _bare(text):
                self.note(raw, "repaired", _("“%(given)s” được hiểu là “%(read)s”.") % {"given": text, "read": stored})
            text = stored
        if len(text) > self.spec.max_length:
            message = _("có %(length)d ký tự.") % {"length": len(text)}
            raise BadCell(
                "too_long", message, _("Rút gọn còn tối đa %(limit)d ký tự.") % {"limit": self.spec.max_length}
            )
        return text.replace("\\", "\\\\")


class CountConverter(Converter):
    """Whole numbers, written plainly; amounts of money also with dots or commas between the thousands."""

    def read(self, raw: Any) -> str:
        number = self._number(raw)
        if number < self.spec.minimum:
            if self.spec.minimum == 0:
                message = _("giá trị %(amount)s là số âm.") % {"amount": number}
                raise BadCell("negative", message, _("Nhập số từ 0 trở lên; để trống nếu chưa rõ."))
            message = _("giá trị %(amount)s nhỏ hơn %(limit)s.") % {"amount": number, "limit": self.spec.minimum}
            raise BadCell("out_of_range", message, _("Kiểm tra lại; để trống nếu chưa rõ."))
        if number > self.spec.maximum:
            message = _("giá trị %(amount)s lớn hơn %(limit)s.") % {"amount": number, "limit": self.spec.maximum}
            raise BadCell("out_of_range", message, _("Kiểm tra lại; để trống nếu chưa rõ."))
        return str(number)

    def _number(self, raw: Any) -> int:
        if isinstance(raw, (bool, date | time | timedelta)):
            raise self._not_whole(raw)
        if isinstance(raw, int):
            return raw
        if isinstance(raw, float):
            if not raw.is_integer():
                raise self._not_whole(raw)
            return int(raw)
        text = _CURRENCY.sub("", _text(raw).replace("−", "-"))
        if self.spec.kind is Kind.MONEY and _GROUPED.fullmatch(text):
            return int(re.sub(r"[^\d-]", "", text))
        if _PLAIN.fullmatch(text):
            return int(re.split("[.,]", text)[0])
        raise self._not_whole(raw)

    def _not_whole(self, raw: Any) -> BadCell:
        remedy = _("Ghi số nguyên, không kèm chữ; tiền tính bằng đồng.") if self.spec.kind is Kind.MONEY else _(
            "Ghi số nguyên, không kèm chữ; để trống nếu chưa rõ."
        )  # fmt: skip
        return BadCell("not_a_number", _("“%(value)s” không phải số nguyên.") % {"value": raw}, remedy)


class BooleanConverter(Converter):
    def read(self, raw: Any) -> str:
        word = fold(_text(raw))
        if word in _TRUE:
            return "t"
        if word in _FALSE:
            return "f"
        message = _("không hiểu “%(value)s”.") % {"value": raw}
        raise BadCell("not_yes_no", message, _("Ghi “Có” hoặc “Không” (true/false); để trống nếu chưa rõ."))


class MomentConverter(Converter):
    """Local date and time. Real date cells, ISO text and dd/mm/yyyy; a bare number is never guessed."""

    def __init__(self, column: Column, latest: datetime) -> None:
        super().__init__(column)
        self._zone = timezone.get_default_timezone()
        self._latest = latest.astimezone(self._zone).replace(tzinfo=None)

    def read(self, raw: Any) -> str:
        moment = self._moment(raw)
        if self._too_late(moment):
            message = _("thời điểm %(moment)s ở tương lai.") % {"moment": format_date(moment)}
            raise BadCell("future_date", message, _("Kiểm tra lại ngày, giờ."))
        if moment.date() < self.spec.earliest:
            message = _("ngày %(day)s quá xa trong quá khứ.") % {"day": format_date(moment.date())}
            raise BadCell("date_too_old", message, _("Kiểm tra lại năm."))
        return moment.isoformat(" ", "seconds")

    def _too_late(self, moment: datetime) -> bool:
        return moment > self._latest

    def _moment(self, raw: Any) -> datetime:
        if isinstance(raw, datetime):
            return self._local(raw)
        if isinstance(raw, date):
            return datetime.combine(raw, time())
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            raise self._bare(float(raw))
        text = _text(raw)
        if _YEAR_FIRST.fullmatch(text):
            try:
                return self._local(datetime.fromisoformat(_padded(text)))
            except ValueError:
                raise self._unreadable(text) from None
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
            try:
                return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  (local by definition)
            except ValueError:
                raise self._unreadable(text) from None
        try:
            raise self._bare(float(text.replace(",", ".")))
        except ValueError:
            raise self._unreadable(text) from None

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._zone).replace(tzinfo=None) if moment.tzinfo else moment

    def _bare(self, serial: float) -> BadCell:
        message = _("ngày được ghi bằng số %(number)s.") % {"number": f"{serial:g}"}
        remedy = _("Định dạng ô kiểu ngày, hoặc ghi dd/mm/yyyy hh:mm.")
        if 1 <= serial < 100_000:
            guess = _EXCEL_EPOCH + timedelta(days=serial)
            remedy = _("Nếu là %(guess)s thì định dạng ô kiểu ngày, hoặc ghi đúng như vậy.") % {
                "guess": format_date(guess.replace(second=0, microsecond=0))
            }
        return BadCell("date_as_number", message, remedy)

    @staticmethod
    def _unreadable(text: str) -> BadCell:
        message = _("không đọc được ngày “%(value)s”.") % {"value": text[:40]}
        return BadCell("date_unreadable", message, _("Ghi dd/mm/yyyy hh:mm, ví dụ 05/03/2024 14:30."))


class DayConverter(MomentConverter):
    """A day. A year alone is no day, and a time of day is let go."""

    def read(self, raw: Any) -> str:
        if _YEAR.fullmatch(text := _text(raw)):
            message = _("chỉ có năm %(year)s.") % {"year": text}
            raise BadCell("day_incomplete", message, _("Ghi đủ dd/mm/yyyy, hoặc để trống nếu chưa rõ ngày."))
        return super().read(raw)[:10]

    def _too_late(self, moment: datetime) -> bool:
        return not self.spec.future and moment.date() > self._latest.date()


class SecretConverter(Converter):
    """A cell whose text stays out of the database: only what `normalise` makes of it goes on."""

    def read(self, raw: Any) -> str:
        assert self.spec.normalise is not None
        try:
            text = _text(raw)
        except BadCell as bad:
            raise BadCell(bad.problem.code, _("giá trị không đọc được."), bad.problem.remedy) from None
        stored = self.spec.normalise(text)
        if isinstance(stored, Problem):
            raise BadCell(stored.code, stored.message, stored.remedy)
        return stored.replace("\\", "\\\\")


class ChoiceConverter(Converter):
    """One of a few words, in the system's spelling or as people write it."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._words: dict[str, str] = {}
        choices = column.choices() if column.choices else ()
        for choice in choices:
            for word in (choice.code, choice.label, *choice.aliases):
                self._words.setdefault(fold(word.replace("_", " ")), choice.code)
        self._labels = ", ".join(choice.label for choice in choices)

    def read(self, raw: Any) -> str:
        word = fold(_text(raw).replace("_", " "))
        if word in self._words:
            return self._words[word]
        message = _("không có giá trị “%(value)s”.") % {"value": str(raw)[:60]}
        raise BadCell("not_a_choice", message, _("Chọn một trong: %(choices)s.") % {"choices": self._labels})


class CodeConverter(Converter):
    """A code of a list. Codes are text; a zero lost by a spreadsheet is put back only when nothing else fits."""

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._choices: dict[str, Choice] = {item.code: item for item in (column.choices() if column.choices else ())}
        self._bare: dict[str, list[str]] = defaultdict(list)
        self._labels: dict[str, list[str]] = defaultdict(list)
        for choice in self._choices.values():
            if not choice.heading:
                self._bare[choice.code.lstrip("0")].append(choice.code)
                for word in {fold(text) for text in (choice.label, *choice.aliases)}:
                    self._labels[word].append(choice.code)

    def read(self, raw: Any) -> str:
        return self.code(raw, _code_text(raw), numeric=isinstance(raw, int | float))

    def code(self, raw: Any, text: str, *, numeric: bool) -> str:
        """The code a text stands for."""
        text = self._without_label(text)
        same = self._bare.get(text.lstrip("0") or text, [])
        held = self._choices.get(text)
        if held is not None and not held.heading:
            trailing = numeric and "." in text and f"{text}0" in self._choices
            if numeric and (len(same) > 1 or trailing):
                raise self._ambiguous(text, [*same, f"{text}0"] if trailing else same)
            return text
        if len(same) == 1:
            message = _("mã “%(given)s” đã mất số 0 ở đầu, được hiểu là “%(read)s”.")
            self.note(raw, "code_zero_restored", message % {"given": text, "read": same[0]})
            return same[0]
        if len(same) > 1:
            raise self._ambiguous(text, same)
        if held is not None:
            message = _("mã %(code)s (%(label)s) là tên nhóm.") % {"code": text, "label": held.label}
            raise BadCell("code_is_heading", message, _("Chọn mã chi tiết trong nhóm."))
        if self.spec.extensible and text.isdigit() and len(text) <= 5 and text[:2] in self._choices:
            return text
        if len(labelled := self._labels.get(fold(text), [])) == 1:
            return labelled[0]
        message = _("danh mục không có mã “%(code)s”.") % {"code": text[:40]}
        remedy = _("Mã là chữ, giữ nguyên số 0 ở đầu; chọn mã trong danh mục hoặc để trống nếu chưa rõ.")
        raise BadCell("code_unknown", message, remedy)

    def _without_label(self, text: str) -> str:
        """`011 – Tên` as the template's drop-down lists write it."""
        head = re.split(r"\s+[–—-]\s+|\s*:\s+", text, maxsplit=1)[0].strip()
        return head if head in self._choices else text

    @staticmethod
    def _ambiguous(text: str, candidates: list[str]) -> BadCell:
        message = _("mã “%(code)s” ghi dạng số nên không rõ là %(candidates)s.") % {
            "code": text, "candidates": _(" hay ").join(candidates),
        }  # fmt: skip
        return BadCell("code_ambiguous", message, _("Định dạng ô kiểu văn bản và ghi đủ các số 0."))


class CodesConverter(CodeConverter):
    """Several codes in one cell, separated by semicolons."""

    def read(self, raw: Any) -> str:
        parts: list[str] = []
        for part in re.split(r"[;\n]+", _code_text(raw)):
            # A label may have commas of its own.
            parts += [part] if fold(part) in self._labels else part.split(",")
        parts = [part for part in parts if part.strip()]
        numeric = isinstance(raw, int | float)
        codes = dict.fromkeys(self.code(raw, part.strip(), numeric=numeric) for part in parts)
        return "{" + ",".join(codes) + "}" if codes else NULL


def build(column: Column, latest: datetime) -> Converter:
    """The converter of a column; no moment may lie after `latest`."""
    if column.kind in (Kind.MOMENT, Kind.DAY):
        return (DayConverter if column.kind is Kind.DAY else MomentConverter)(column, latest)
    return _MAKERS.get(column.kind, Converter)(column)


_MAKERS: dict[Kind, Callable[[Column], Converter]] = {
    Kind.CHOICE: ChoiceConverter,
    Kind.CODES: CodesConverter,
    Kind.COUNT: CountConverter,
    Kind.MONEY: CountConverter,
    Kind.BOOLEAN: BooleanConverter,
    Kind.CODE: CodeConverter,
    Kind.SECRET: SecretConverter,
}


def _empty(raw: Any, kind: Kind) -> bool:
    if raw is None or raw == "":
        return True
    if not isinstance(raw, str):
        return False
    # A name or a sender's key may well be "Na" or "-": only coded columns know words for "not known".
    return not raw.strip() or (kind is not Kind.TEXT and fold(raw) in _UNKNOWN)


def _text(raw: Any) -> str:
    """The text of a cell: composed letters, single spaces; `BadCell` when letters were destroyed on the way."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    text = " ".join(unicodedata.normalize("NFC", str(raw)).split())
    if _MOJIBAKE.search(text):
        message = _("chữ “%(value)s” bị hỏng do sai bảng mã.") % {"value": text[:40]}
        raise BadCell("encoding_damage", message, _("Lưu lại tệp gốc dạng CSV UTF-8 hoặc Excel (.xlsx)."))
    return _CONTROL.sub("", text).removeprefix("'")


def _code_text(raw: Any) -> str:
    if isinstance(raw, date | time | timedelta):
        message = _("Excel đã đổi mã thành ngày hoặc giờ (%(value)s).") % {"value": raw}
        raise BadCell("code_as_date", message, _("Định dạng ô kiểu văn bản rồi ghi lại mã."))
    if isinstance(raw, float) and not raw.is_integer():
        return repr(raw)
    return _text(raw)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _padded(text: str) -> str:
    """`2024-3-5 7:05` as ISO writes it."""
    day, *rest = re.split(r"[ T]+", text, maxsplit=1)
    year, month, number = day.split("-", 2)
    clock = rest[0] if rest else "00:00"
    return f"{year}-{int(month):02d}-{int(number):02d}T{clock.zfill(5) if clock[1:2] == ':' else clock}"
