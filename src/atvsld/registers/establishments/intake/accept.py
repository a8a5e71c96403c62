"""What the steps of an import do for establishments.

Rows under one tax code describe one establishment: what they say of it must agree, and each states the workforce of
another year. A column the file does not have and an empty cell leave the stored value alone.
"""

from __future__ import annotations

from collections.abc import Callable

from atvsld.platform.acts import Act
from atvsld.platform.imports.accepting import Counts, acceptor
from atvsld.platform.imports.findings import Findings
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Options
from atvsld.registers.establishments import policy
from atvsld.registers.establishments.intake import checks, writing
from atvsld.registers.establishments.intake.columns import DERIVED, spec
from atvsld.registers.establishments.intake.merge import Merge


class EstablishmentBatch:
    """The rows of one file of establishments."""

    def __init__(self, act: Act, source: Source, options: Options) -> None:  # noqa: ARG002  (the shape of a batch)
        self._act = act
        self._merge = Merge(frozenset(source.columns), act.day)

    def lock(self) -> None:
        self._merge.lock()

    def check(self, findings: Findings, store_bad: Callable[[], None]) -> None:
        self._merge.gather()
        checks.check_rows(findings, self._act.day, self._merge.present)
        store_bad()
        checks.check_establishments(findings, self._act.actor, self._merge)
        store_bad()
        self._merge.drop_bad()

    def match(self, *, dry_run: bool) -> Counts:  # noqa: ARG002
        self._merge.match()
        return Counts(*self._merge.counts())

    def unknown(self) -> dict[str, int]:
        return self._merge.unknown()

    def write(self) -> dict[str, int]:
        return writing.write(self._merge, self._act.reason)


accept = acceptor(
    needs=policy.IMPORT,
    records="establishments:establishment:imported",
    spec=spec,
    batch=EstablishmentBatch,
    derived=DERIVED,
)
