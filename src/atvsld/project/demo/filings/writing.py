"""Putting reports together and handing them in by the hundred, checked by the code that checks everybody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from random import Random

from ulid import ULID

from atvsld.oversight.filing import judging
from atvsld.oversight.filing.actions import HandedIn, Reporter, write_submissions
from atvsld.oversight.filing.actions.opening import prepare
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.drafts import content_of
from atvsld.oversight.filing.filled import Filled, Written, fill
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.numbers import plain
from atvsld.oversight.filing.registers import Registers
from atvsld.oversight.filing.shape import Shape
from atvsld.platform.acts import Act
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

PORTION = 200
NOT_KNOWN_YET = "Đang tổng hợp chứng từ, sẽ bổ sung (số liệu mẫu)"


@dataclass(slots=True)
class Sheet:
    """One report about to be handed in, or kept as a draft when `at` is None."""

    filing: Filing
    content: Content | None
    at: datetime | None


class Opener:
    """Filings as they would be opened; what they share is looked up once a place."""

    def __init__(self, report: str, period: str) -> None:
        self.report, self.period = report, period
        self._like: dict[int | None, Filing] = {}

    def firm(self, firm: Establishment) -> Filing:
        """The filing of an employer."""
        place = firm.headquarters_place_id
        if place not in self._like:
            self._like[place] = prepare(self.report, self.period, Reporter(establishment=firm))
        like = self._like[place]
        return Filing(
            report=like.report, form=like.form, form_valid_from=like.form_valid_from, period=like.period,
            establishment=firm, place_id=place, recipient=like.recipient, due_before=like.due_before,
        )  # fmt: skip

    def body(self, body: Body) -> Filing:
        """The filing of a body."""
        return prepare(self.report, self.period, Reporter(body=body))


def complete(shape: Shape, held: Registers, entries: Mapping[str, Written]) -> Filled | None:
    """The report with what was typed, each check that asks for words answered; None when it could not be handed in."""
    filled = fill(shape, registers=held.figures, header=held.header, entries=entries)
    wanted = {check.id for check in filled.faults if check.severity == "explain" and not filled.explained(check)}
    if wanted:
        said = {f"explain:{name}": Written(NOT_KNOWN_YET) for name in sorted(wanted)}
        filled = fill(shape, registers=held.figures, header=held.header, entries={**entries, **said})
    return None if judging.problems(filled) else filled


def sheet(filing: Filing, filled: Filled | None, held: Registers, at: datetime) -> Sheet:
    """A report to be handed in at a moment; a draft when it could not be."""
    if filled is None:
        return Sheet(filing, None, None)
    return Sheet(filing, content_of(filing, filled, held, ()), at)


def headed(like: Content, head: Registers) -> Content:
    """A report with the figures of another one and the head of its own reporter."""
    subject = head.report.subject
    return replace(
        like,
        reporter={"kind": subject.kind, "code": subject.code, "name": subject.name, "address": subject.address},
        header={key: plain(value) if isinstance(value, Decimal) else value for key, value in head.header.items()},
    )


def write(act: Act, sheets: Iterable[Sheet], chance: Random) -> int:
    """Open and hand in; how many were handed in."""
    made = 0
    portion: list[Sheet] = []
    for one in sheets:
        portion.append(one)
        if len(portion) >= PORTION:
            made += _write(act, portion, chance)
            portion = []
    return made + _write(act, portion, chance)


def _write(act: Act, sheets: list[Sheet], chance: Random) -> int:
    for one in sheets:
        one.filing.public_id = _ulid(one.at or act.at, chance)
    Filing.objects.bulk_create([one.filing for one in sheets])
    handed_in = [
        HandedIn(one.filing, one.content, _ulid(one.at, chance), "", one.at)
        for one in sheets
        if one.content is not None and one.at is not None
    ]
    if handed_in:
        write_submissions(act, handed_in)
    return len(handed_in)


def _ulid(moment: datetime, chance: Random) -> str:
    """An id that is the same for the same seed."""
    return str(ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + chance.randbytes(10)))
