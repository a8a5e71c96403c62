"""A reorganisation as somebody states it: read from a file (CSV, YAML) or a page, before anything is checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import yaml
from django.utils.translation import gettext as _

from atvsld.kit.certainty import Certainty
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Rejected


class ChangeKind(StrEnum):
    """What happens to one unit. END: it ceases without a successor, as districts did."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    TRANSFER = "transfer"
    END = "end"


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what becomes of the unit that bears `code` on the last day before.

    `new_code` names the unit it goes to; for END, the unit that takes over the people's offices. `share` is the part
    that goes there, None when not stated; `estimate` says that the legal basis does not state it. `localities` are the
    villages and streets of that part, with semicolons between them: they decide for an address.
    """

    kind: ChangeKind
    code: str
    new_code: str = ""
    new_name: str = ""
    new_kind: str = ""
    new_level: str = ""
    new_parent: str = ""
    share: Decimal | None = None
    estimate: bool = False
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    localities: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole reorganisation of one day."""

    title: str
    effective_on: date
    legal_basis: str
    changes: tuple[Change, ...]
    certainty: Certainty = Certainty.OFFICIAL

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "effective_on": self.effective_on.isoformat(),
            "legal_basis": self.legal_basis,
            "certainty": self.certainty.value,
            "changes": [
                {name: _plain(value) for name, value in asdict(change).items() if value not in ("", None)}
                for change in self.changes
            ],
        }


COLUMNS = tuple(field.name for field in fields(Change) if field.name != "row")
_DECIMALS = ("share", "latitude", "longitude")
_TRUE = frozenset({"1", "true", "yes", "x", "có", "co"})


def read_file(content: bytes, name: str, *, head: Mapping[str, Any] | None = None) -> Draft:
    """A draft from a file. YAML carries its own head; for CSV, or to overrule, `head` states it.

    Raises `Rejected` with every problem of form, each with its row.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("Tệp không phải văn bản UTF-8.")
        raise Rejected([Problem("not_text", message, _("Lưu lại với bảng mã UTF-8."))]) from error
    if name.lower().endswith((".yaml", ".yml", ".json")):
        try:
            held = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise Rejected([Problem("not_yaml", _("Tệp YAML sai cú pháp."), str(error))]) from error
        if not isinstance(held, dict):
            raise Rejected([Problem("not_yaml", _("Tệp YAML phải có các mục title, effective_on, changes."))])
        return from_mapping({**held, **{key: value for key, value in (head or {}).items() if value}})
    rows = [
        {**row, "row": number}
        for number, row in enumerate(csv.DictReader(io.StringIO(text), restval=""), 2)
        if any(value.strip() for value in row.values() if isinstance(value, str))
    ]
    return from_mapping({**(head or {}), "changes": rows})


def from_mapping(held: Mapping[str, Any]) -> Draft:
    """A draft from plain values, as JSON, YAML, CSV rows or a form give them; `Rejected` with the problems."""
    problems: list[Problem] = []
    day = held.get("effective_on")
    if not isinstance(day, date):
        try:
            day = date.fromisoformat(str(day or ""))
        except ValueError:
            problems.append(
                Problem(
                    "no_day", _("Thiếu ngày có hiệu lực (năm-tháng-ngày)."), column="effective_on", value=str(day or "")
                )
            )
    certainty = str(held.get("certainty") or Certainty.OFFICIAL)
    if certainty not in {mark.value for mark in Certainty.of_law()}:
        problems.append(
            Problem("certainty", _("Mức xác nhận phải là official, indirect hoặc provisional."), column="certainty")
        )
    for column, message in (("title", _("Thiếu tên đợt sắp xếp.")), ("legal_basis", _("Thiếu căn cứ pháp lý."))):
        if not str(held.get(column) or "").strip():
            problems.append(Problem("missing", message, column=column))
    changes = list(_changes(held.get("changes") or (), problems))
    if not changes and not problems:
        problems.append(Problem("no_changes", _("Chưa có dòng thay đổi nào."), column="changes"))
    if problems:
        raise Rejected(problems)
    assert isinstance(day, date)
    return Draft(
        str(held["title"]).strip(), day, str(held["legal_basis"]).strip(), tuple(changes), Certainty(certainty)
    )


def template() -> str:
    """An empty CSV with the columns of a change."""
    return ",".join(COLUMNS) + "\r\n"


def _changes(rows: Iterable[Any], problems: list[Problem]) -> Iterable[Change]:
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            problems.append(Problem("not_a_row", _("Mỗi thay đổi phải là một dòng có tên cột."), row=number))
            continue
        number = int(row.get("row") or number)  # noqa: PLW2901 — the row of the sender's own sheet
        if unknown := [str(name) for name in row if name not in (*COLUMNS, "row")]:
            message = _("Cột không có trong mẫu: %(names)s.") % {"names": ", ".join(unknown)}
            problems.append(Problem("unknown_column", message, row=number))
            continue
        before = len(problems)
        held = {name: str(row[name]).strip() if row.get(name) is not None else "" for name in COLUMNS}
        if held["kind"] not in {kind.value for kind in ChangeKind}:
            message = _("Cách sắp xếp phải là một trong: merge, split, rename, transfer, end.")
            problems.append(Problem("kind", message, row=number, column="kind", value=held["kind"]))
        if not held["code"]:
            problems.append(Problem("no_code", _("Thiếu mã đơn vị cũ."), row=number, column="code"))
        numbers = {name: _decimal(held[name], name, number, problems) for name in _DECIMALS}
        if len(problems) > before:
            continue
        words = {name: held[name] for name in COLUMNS if name not in (*_DECIMALS, "kind", "estimate")}
        yield Change(
            kind=ChangeKind(held["kind"]),
            **words,  # type: ignore[arg-type]
            **numbers,  # type: ignore[arg-type]
            estimate=held["estimate"].lower() in _TRUE,
            row=number,
        )


def _decimal(text: str, column: str, row: int, problems: list[Problem]) -> Decimal | None:
    if not text:
        return None
    limits = {"share": (0, 1), "latitude": (-90, 90), "longitude": (-180, 180)}[column]
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if value.is_nan() or not limits[0] <= value <= limits[1] or (column == "share" and value == 0):
        message = _("Không phải số hợp lệ.") if column != "share" else _("Tỷ phần phải lớn hơn 0 và không quá 1.")
        problems.append(Problem("number", message, row=row, column=column, value=text))
        return None
    return value


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
