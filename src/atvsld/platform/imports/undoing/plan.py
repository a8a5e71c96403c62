"""What undoing an import would do, counted row by row, and what stands against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atvsld.kit.outcome import Problem


@dataclass(frozen=True, slots=True)
class Reference:
    """Records of one kind that point at records the import created."""

    kind: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(slots=True)
class Part:
    """One kind of record: rows removed, given their former values, put back; rows that forbid it.

    `altered`: changed by somebody since; `outside`: beyond the reach of whoever undoes; `gone`: removed already, which
    stands against nothing.
    """

    kind: str
    removed: int = 0
    restored: int = 0
    put_back: int = 0
    gone: int = 0
    altered: int = 0
    outside: int = 0
    examples: tuple[str, ...] = ()
    references: list[Reference] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        plain = ("kind", "removed", "restored", "put_back", "gone", "altered", "outside")
        return {name: getattr(self, name) for name in plain} | {
            "examples": list(self.examples),
            "references": [
                {"kind": held.kind, "count": held.count, "examples": list(held.examples)} for held in self.references
            ],
        }


@dataclass(slots=True)
class Plan:
    """Every kind of record an import touched. `reasons`: what forbids undoing beside the rows."""

    parts: list[Part] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows that would be removed, restored or put back."""
        return sum(part.removed + part.restored + part.put_back for part in self.parts)

    @property
    def possible(self) -> bool:
        return not self.problems()

    def problems(self) -> list[Problem]:
        """What forbids it, in sentences with counts."""
        found = [Problem("undo_impossible", reason) for reason in self.reasons]
        for part in self.parts:
            found.extend(_against(part))
        return found

    def to_json(self) -> dict[str, Any]:
        return {
            "possible": self.possible,
            "rows": self.rows,
            "parts": [part.to_json() for part in self.parts],
            "problems": [problem.to_json() for problem in self.problems()],
        }


def _against(part: Part) -> list[Problem]:
    found = []
    kind = part.kind
    if part.altered:
        message = ngettext(
            "%(kind)s: %(count)d bản ghi đã được sửa hoặc bỏ sau lần nhập này.",
            "%(kind)s: %(count)d bản ghi đã được sửa hoặc bỏ sau lần nhập này.",
            part.altered,
        ) % {"kind": kind, "count": part.altered}
        remedy = _("Hoàn tác lần nhập sau trước, hoặc sửa tay các hồ sơ này.")
        found.append(Problem("undo_altered", _with(message, part.examples), remedy))
    for held in part.references:
        message = _("%(kind)s do lần nhập này tạo ra đang được dùng: %(other)s (%(count)d bản ghi).") % {
            "kind": kind, "other": held.kind, "count": held.count,
        }  # fmt: skip
        found.append(Problem("undo_in_use", _with(message, held.examples), _("Gỡ các bản ghi đó trước.")))
    if part.outside:
        message = _("%(kind)s: %(count)d bản ghi nằm ngoài phạm vi của tài khoản.") % {
            "kind": kind, "count": part.outside,
        }  # fmt: skip
        found.append(Problem("undo_out_of_scope", message, _("Đề nghị cơ quan phụ trách hoàn tác.")))
    return found


def _with(message: str, examples: tuple[str, ...]) -> str:
    return message + " " + _("Ví dụ: %(examples)s.") % {"examples": "; ".join(examples)} if examples else message
