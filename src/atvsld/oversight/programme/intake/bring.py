"""A file to a draft: read, completed with what the form says, judged; every mistake told by its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atvsld.kit.outcome import Problem
from atvsld.oversight.programme import known
from atvsld.oversight.programme.intake import word, workbook
from atvsld.oversight.programme.intake.reading import Brought
from atvsld.platform.files.facade import check


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file would enter. With problems it enters nothing."""

    brought: Brought
    header: Mapping[str, str]
    problems: tuple[Problem, ...]


def judge(content: bytes, *, said: Mapping[str, str], issuer: str) -> Judged:
    """Read a workbook or a Word document. `said`: the header from the form, under what the file itself says.

    `Rejected` for a file that is neither.
    """
    kind = check(content, kinds=("xlsx", "docx"))
    brought = word.read(content, issuer=said.get("issuer") or issuer) if kind.name == "docx" else workbook.read(content)
    given = {name: value for name, value in said.items() if value}
    # A document says no more than its words; a workbook's own sheet was filled in on purpose.
    header = {"issuer": issuer, **({**brought.header, **given} if kind.name == "docx" else {**given, **brought.header})}
    reading = known.read(header, brought.rows, among=known.known(date.max).by_id, first_row=0)
    problems = (*brought.problems, *(brought.placed(one) for one in reading.problems))
    ordered = sorted(problems, key=lambda one: one.row or 0)
    return Judged(brought, header, tuple(ordered))
