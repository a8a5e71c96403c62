"""What the steps of an import do for accidents.

A case is the unit of consistency: a bad row keeps the other rows of its case out as well, since half a case would
count wrongly. Matching: a case by its key within the namespace, its victims by their position among the rows of
the key. A column the file does not have leaves stored values alone; an empty cell says "not known".
"""

from __future__ import annotations

from collections.abc import Callable

from atvsld.casework.accidents import policy
from atvsld.casework.accidents.intake import checks, merge
from atvsld.casework.accidents.intake.columns import spec
from atvsld.casework.accidents.intake.reach import Reach, own_namespace
from atvsld.platform.acts import Act
from atvsld.platform.imports.accepting import Counts, acceptor
from atvsld.platform.imports.findings import Findings
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Options


class AccidentBatch:
    """The rows of one file of accidents."""

    def __init__(self, act: Act, source: Source, options: Options) -> None:
        self._actor = act.actor
        self._merge = merge.Batch(options.namespace or own_namespace(act.actor), frozenset(source.columns))
        self._established = 0

    def lock(self) -> None:
        self._merge.lock()

    def check(self, findings: Findings, store_bad: Callable[[], None]) -> None:
        self._merge.gather_cases()
        checks.check_cases(findings, self._merge.present)
        checks.check_rows(findings, self._merge.present)
        checks.check_reach(findings, Reach.of(self._actor))
        store_bad()
        checks.reject_incomplete_cases(findings)

    def match(self, *, dry_run: bool) -> Counts:
        if not dry_run:
            self._established = self._merge.add_establishments()
        self._merge.match()
        return Counts(*self._merge.counts())

    def unknown(self) -> dict[str, int]:
        return self._merge.unknown()

    def write(self) -> dict[str, int]:
        return {"establishments": self._established, **self._merge.write()}


accept = acceptor(needs=policy.IMPORT, records="accidents:case:imported", spec=spec, batch=AccidentBatch)
