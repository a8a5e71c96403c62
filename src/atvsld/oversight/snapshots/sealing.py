"""What acceptance adds to a report, and the report as files: the same snapshot always makes the same bytes."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from atvsld import __version__
from atvsld.documents import model
from atvsld.documents.render import render
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting import paper
from atvsld.oversight.reporting.face import Face
from atvsld.oversight.reporting.result import Report
from atvsld.oversight.snapshots import content
from atvsld.oversight.snapshots.content import Held
from atvsld.oversight.snapshots.differences import CellChange, figure_text

# Read aloud and typed from paper: no letter that is taken for another, no vowels that make words.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 10
FORMATS = ("json", "pdf", "docx", "xlsx", "html")
# Libraries whose new versions may draw the same paper in other bytes.
_DRAWN_BY = ("typst", "python-docx", "XlsxWriter")
CHANGES = "changes"


def new_code() -> str:
    """A code that nobody guesses."""
    return "".join(secrets.choice(_LETTERS) for _letter in range(_CODE_LENGTH))


def spelled(code: str) -> str:
    """A code in two halves, as people read it aloud."""
    return f"{code[:5]}-{code[5:]}"


def address(code: str) -> str:
    """Where anybody finds what the code stands for; the public address of the installation when it is known."""
    path = reverse("snapshot_public:report", args=[code])
    return f"{settings.ORIGIN}{path}" if settings.ORIGIN else path


@cache
def engine() -> str:
    """Versions of what makes the files."""
    return " ".join([f"atvsld {__version__}", *(f"{name} {version(name)}" for name in _DRAWN_BY)])[:60]


def canonical(data: Any) -> bytes:
    """JSON with sorted keys and no blanks: equal data, equal bytes."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def figures_digest(figures: content.Data) -> str:
    """SHA-256 of all that was counted."""
    return hashlib.sha256(canonical(figures)).hexdigest()


@dataclass(frozen=True, slots=True)
class Seal:
    """What acceptance adds to a report of whatever room: its code, number, who and when, and the number it replaces.

    `facts_digest` is that of what the figures were counted from.
    """

    code: str
    address: str
    number: int
    accepted_at: datetime
    accepted_by: str
    reason: str
    supersedes: str
    figures_digest: str
    facts_digest: str
    changes: tuple[CellChange, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """What the file for machines tells of the acceptance."""
        return {
            "code": self.code,
            "address": self.address,
            "number": self.number,
            "accepted_at": self.accepted_at.isoformat(timespec="seconds"),
            "accepted_by": self.accepted_by,
            "reason": self.reason,
            "supersedes": self.supersedes,
            "figures_sha256": self.figures_digest,
            "facts_sha256": self.facts_digest,
            CHANGES: [change.to_data() for change in self.changes],
        }


def make_file(one: Held, report: Report, kind: str) -> bytes:
    """A report of the snapshot as a file in Vietnamese: as it was kept, or as it was counted once more."""
    with translation.override("vi"), timezone.override(settings.TIME_ZONE):
        seal = _seal_of(one)
        sealed = replace(report, face=sealed_face(content.face_in(one.data), seal, one.plan.form))
        return as_json(sealed.to_json(), seal) if kind == "json" else render(paper.document(sealed), kind)


def as_json(report: dict[str, Any], seal: Seal) -> bytes:
    """The file for machines: equal data, equal bytes."""
    told = report | {"snapshot": seal.to_data()}
    return (json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _seal_of(one: Held) -> Seal:
    snapshot = one.snapshot
    return Seal(
        code=snapshot.code, address=one.data["address"], number=snapshot.number, accepted_at=snapshot.accepted_at,
        accepted_by=snapshot.accepted_by_name, reason=snapshot.reason, supersedes=one.data["supersedes"],
        figures_digest=snapshot.figures_digest, facts_digest=snapshot.facts_digest,
        changes=tuple(CellChange.from_data(change) for change in one.data[CHANGES]),
    )  # fmt: skip


def sealed_face(face: Face, seal: Seal, form: FormSpec) -> Face:
    """A face with the words of acceptance, the differences to the number before, and the code."""
    pairs = [
        ("Lần chấp nhận", f"Lần {seal.number}"),
        ("Chấp nhận lúc", timezone.localtime(seal.accepted_at).strftime("%H:%M %d/%m/%Y")),
        ("Người chấp nhận", seal.accepted_by),
        ("Mã băm bộ số liệu (SHA-256)", f"{seal.figures_digest[:16]}…"),
    ]
    if seal.supersedes:
        pairs.append(("Thay cho bản mang mã", spelled(seal.supersedes)))
    if seal.reason:
        pairs.append(("Lý do", seal.reason))
    closing: list[model.Block] = [model.Heading("Chấp nhận số liệu"), model.KeyValues(tuple(pairs), columns=2)]
    if seal.changes:
        closing.append(_changes(form, list(seal.changes)))
    caption = f"Mã số liệu: {spelled(seal.code)}\nTra cứu tại: {seal.address.removesuffix(f'{seal.code}/')}"
    closing.append(model.QrCode(seal.address, caption))
    return replace(face, closing=tuple(closing), metadata={"verification_code": seal.code, "number": str(seal.number)})


def _changes(form: FormSpec, changes: list[CellChange]) -> model.Table:
    rows = tuple(
        model.Row(
            str(place),
            (
                model.Cell(change.place), model.Cell(change.label),
                _cell(form, change, change.was), _cell(form, change, change.now),
            ),
        )
        for place, change in enumerate(changes, start=1)
    )  # fmt: skip
    return model.Table(
        "changes",
        "Số liệu thay đổi so với lần trước",
        columns=(
            model.Column("Ô", kind="code", width=34.0), model.Column("Chỉ tiêu"),
            model.Column("Lần trước", kind="number"), model.Column("Lần này", kind="number"),
        ),
        rows=rows,
    )  # fmt: skip


def _cell(form: FormSpec, change: CellChange, value: Decimal | None) -> model.Cell:
    text = None if value is None else figure_text(form, (change.table, change.column), value)
    return model.Cell(value, text=text)
