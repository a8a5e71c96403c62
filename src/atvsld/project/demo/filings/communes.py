"""The communes' reports on workers without a contract (R2); most file, a few are silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from atvsld.oversight.filing import registers
from atvsld.oversight.filing.filled import Written
from atvsld.oversight.filing.shape import Shape, shape_of
from atvsld.platform.acts import Act
from atvsld.project.demo.filings import writing
from atvsld.project.demo.filings.writing import Opener, Sheet
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force

SHARE = 0.92


def file(act: Act, period: str, chance: Random) -> int:
    """The reports of the communes of the last day of the period; how many were handed in."""
    last = date(int(period), 12, 31)
    held = Body.objects.filter(in_force(last), in_force(last, "functions__"), functions__function="commune")
    committees = [body for body in held.order_by("code").distinct() if chance.random() < SHARE]
    if not committees:
        return 0
    opener = Opener("R2", period)
    like = opener.body(committees[0])
    shape = shape_of(like.form, like.form_valid_from, period)
    return writing.write(act, _sheets(shape, opener, committees, chance), chance)


def _sheets(shape: Shape, opener: Opener, committees: list[Body], chance: Random) -> Iterator[Sheet]:
    for body in committees:
        at = datetime(int(opener.period) + 1, 1, 2, 2, tzinfo=UTC)
        at += timedelta(days=chance.choice((0, 0, 1, 1, 2, 5)), minutes=chance.randrange(500))
        filing = opener.body(body)
        found = registers.read(filing, shape, at=at)
        quiet = not any(found.figures.values())
        entries = {"nil": Written("1")} if quiet and shape.nil_allowed else {}
        yield writing.sheet(filing, writing.complete(shape, found, entries), found, at)
