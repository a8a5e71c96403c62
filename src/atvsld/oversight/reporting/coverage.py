"""What stands behind a report: establishments in scope, records counted, records left out, facts not known."""

from __future__ import annotations

from decimal import Decimal

from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.reporting.reading import DISCLOSED, UNKNOWN, Facts, counted_conclusions
from atvsld.oversight.reporting.result import Coverage


def measure(form: FormSpec, facts: Facts) -> Coverage:
    """Count what the form rests on, from the facts its tables were made of."""
    counted = counted_conclusions(form)
    inside = {DISCLOSED: counted}
    every = {codes[0] for codes in facts.accidents.sums[DISCLOSED,] if codes[0] is not None}
    return Coverage(
        establishments=_whole(facts.establishments.figure("establishments", {}, {})),
        establishments_with_workforce=_whole(facts.establishments.figure("establishments_reporting", {}, {})),
        cases=_whole(facts.accidents.figure("cases", inside, {})),
        victims=_whole(facts.accidents.figure("victims", inside, {})),
        excluded={
            conclusion: _whole(facts.accidents.figure("cases", {DISCLOSED: (conclusion,)}, {}))
            for conclusion in sorted(every - set(counted))
        },
        unknown={name.removeprefix("unknown_"): _whole(facts.accidents.figure(name, inside, {})) for name in UNKNOWN},
    )


def _whole(count: Decimal | None) -> int:
    return int(count or 0)
