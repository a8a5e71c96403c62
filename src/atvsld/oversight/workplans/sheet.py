"""The tasks of a plan as a spreadsheet, out and back in: the same columns, each mistake told by row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.law.programme_words import word_of
from atvsld.oversight.workplans import clauses
from atvsld.oversight.workplans.drafts import TaskDraft
from atvsld.oversight.workplans.models import Task, WorkPlan
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force

# Name of the field → heading. What stands after the gap is told, not read.
COLUMNS = {
    "clause": "Nội dung",
    "title": "Nhiệm vụ",
    "detail": "Cách làm",
    "starts_on": "Từ ngày",
    "ends_on": "Đến hết ngày",
    "person": "Người phụ trách",
    "measure": "Thước đo",
    "aim": "Mức cần đạt",
    "supports": "Cơ quan phối hợp",
}
TOLD = {"state": "Tình trạng (không đọc lại)", "percent": "Tiến độ, % (không đọc lại)"}
KEY = "Mã nhiệm vụ (không sửa)"
_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
# Rows of a plan beyond this are not a plan.
MOST = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A row read: the task it changes, by public id, or a new one."""

    row: int
    key: str
    draft: TaskDraft


def rows_of(tasks: Sequence[Task]) -> Iterator[list[Any]]:
    """The heading, then a row a task."""
    words = clauses.words().measures
    yield [*COLUMNS.values(), *TOLD.values(), KEY]
    for task in tasks:
        supports = "; ".join(str(one.body) for one in task.supports.all())
        measure = words[task.measure].label.vi if task.measure in words else task.measure
        yield [
            task.clause, task.title, task.detail, task.starts_on, task.ends_on, task.person, measure, task.aim,
            supports, task.get_state_display(), task.percent, task.public_id,
        ]  # fmt: skip


def read(rows: Iterator[tuple[int, Sequence[Any]]], plan: WorkPlan, on: date) -> tuple[list[Line], list[Problem]]:
    """The lines of a sheet that can be read, and what cannot. Empty rows are passed over."""
    places, problems = _heading(rows)
    if problems:
        return [], problems
    bodies = _Bodies(on)
    found: list[Line] = []
    seen: dict[str, int] = {}
    for row, cells in rows:
        given = {name: cells[at] if at < len(cells) else None for name, at in places.items()}
        if not any(_text(given.get(name)) for name in COLUMNS):
            continue
        if len(found) >= MOST:
            message = _("Bảng có hơn %(most)s nhiệm vụ.") % {"most": MOST}
            problems.append(Problem("too_many", message, _("Chia thành nhiều kế hoạch."), row=row))
            break
        line, wrong = _line(row, given, plan, bodies)
        problems.extend(wrong)
        if line.key and line.key in seen:
            message = _("Mã nhiệm vụ trùng với dòng %(row)s.") % {"row": seen[line.key]}
            problems.append(Problem("key_twice", message, _("Xóa mã ở dòng thêm mới."), row=row, column=KEY))
        seen.setdefault(line.key, row)
        found.append(line)
    return found, problems


def _heading(rows: Iterator[tuple[int, Sequence[Any]]]) -> tuple[dict[str, int], list[Problem]]:
    """Where each column stands; the heading is looked for in the first rows."""
    names = {fold(label): name for name, label in (*COLUMNS.items(), ("key", KEY))}
    for _count, (_row, cells) in zip(range(15), rows, strict=False):
        places = {names[fold(_text(cell))]: at for at, cell in enumerate(cells) if fold(_text(cell)) in names}
        if "title" in places:
            missing = [COLUMNS[name] for name in ("starts_on", "ends_on") if name not in places]
            if not missing:
                return places, []
            message = _("Thiếu cột: %(names)s.") % {"names": ", ".join(missing)}
            return {}, [Problem("column_missing", message, _("Tải bảng mẫu rồi điền lại."), column=missing[0])]
    message = _("Không thấy dòng tiêu đề có cột “%(name)s”.") % {"name": COLUMNS["title"]}
    return {}, [Problem("heading_missing", message, _("Tải bảng mẫu rồi điền lại."), row=1)]


class _Bodies:
    """Bodies by name, short name or code, without tone marks."""

    def __init__(self, on: date) -> None:
        self._found: dict[str, int] = {}
        for pk, code, name, short in Body.objects.filter(in_force(on)).values_list("pk", "code", "name", "short_name"):
            for word in (code, name, short):
                if word:
                    self._found.setdefault(fold(word), pk)

    def find(self, text: str) -> int | None:
        return self._found.get(fold(text))


def _line(row: int, given: dict[str, Any], plan: WorkPlan, bodies: _Bodies) -> tuple[Line, list[Problem]]:
    problems: list[Problem] = []

    def wrong(name: str, code: str, message: str, remedy: str) -> None:
        problems.append(Problem(code, message, remedy, row=row, column=COLUMNS[name], value=_text(given.get(name))))

    days: dict[str, date | None] = {}
    for name in ("starts_on", "ends_on"):
        days[name] = _day(given.get(name))
        if days[name] is None and _text(given.get(name)):
            wrong(name, "day", _("Không đọc được ngày."), _("Viết như 05/07/2026."))
    aim = _number(given.get("aim"))
    if aim is None and _text(given.get("aim")):
        wrong("aim", "number", _("Không đọc được số."), _("Chỉ ghi số, ví dụ 1.250."))
    measure = _text(given.get("measure"))
    word = word_of(measure, clauses.words().measures) if measure else ""
    if word is None:
        wrong("measure", "measure_unknown", _("Không có thước đo này."), _("Chọn tên thước đo từ danh sách."))
    supports: list[int] = []
    for name in filter(None, (part.strip() for part in _text(given.get("supports")).split(";"))):
        pk = bodies.find(name)
        if pk is None:
            message = _("Không có cơ quan “%(name)s”.") % {"name": name}
            wrong("supports", "body_unknown", message, _("Ghi tên đầy đủ, ngăn cách bằng dấu chấm phẩy."))
        else:
            supports.append(pk)
    draft = TaskDraft(
        title=_text(given.get("title")), starts_on=days["starts_on"], ends_on=days["ends_on"],
        clause=_text(given.get("clause")).rstrip("."), detail=_text(given.get("detail")),
        person=_text(given.get("person")), measure=word or "", aim=aim, supports=tuple(supports),
    )  # fmt: skip
    outside = draft.starts_on and draft.ends_on and {draft.starts_on.year, draft.ends_on.year} != {plan.year}
    key = _text(given.get("key"))
    if outside and key:
        # A task that reached into another year before stays what it was.
        draft = replace(draft, beyond=True)
    return Line(row, key, draft), problems


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _number(cell: Any) -> Decimal | None:
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return Decimal(str(cell))
    text = _text(cell).replace(" ", "").replace(".", "").replace(",", ".")
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
