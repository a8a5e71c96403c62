"""What happens in each kind of case, told as a generator: it acts, then says how long until its next act.

Every act goes through the rooms' own actions, by the person whose work it is. The last value of a generator is never
used; that it ends, and where its file stands then, is what the rehearsal looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.rehearsal.acting import Tale, Wait
from tests.rehearsal.grave import (
    abroad,
    death_meanwhile,
    expertise,
    fatal,
    fatal_informal,
    late_death,
    late_death_kept,
    not_prosecuted,
    police_returned,
    prosecuted,
    reinvestigated,
    second_severe_informal,
    special_field,
    taken_over,
    two_severe,
)
from tests.rehearsal.lesser import (
    commuting,
    complaint_answered,
    extended,
    informal_minor,
    informal_severe,
    informal_severe_under_districts,
    minor,
    not_occupational,
    one_severe,
    out_of_scope,
)

Script = Callable[[Tale], Iterator[Wait]]
# How many of each in three hundred; the year has all of them.
KINDS: dict[Script, int] = {
    minor: 66, informal_minor: 40, one_severe: 44, informal_severe: 27, informal_severe_under_districts: 3, fatal: 17,
    fatal_informal: 8, two_severe: 12, second_severe_informal: 6, commuting: 12, special_field: 6, abroad: 4,
    police_returned: 5, not_prosecuted: 4, prosecuted: 4, late_death: 4, late_death_kept: 2, taken_over: 2,
    death_meanwhile: 3, extended: 6, expertise: 5, complaint_answered: 5, reinvestigated: 5, not_occupational: 7,
    out_of_scope: 3,
}  # fmt: skip


# Those that happened before the year began.
EARLIER = frozenset({informal_severe_under_districts})


def cast(share: float = 1) -> list[Script]:
    """The kinds of the year's cases; every kind at least once."""
    return [kind for kind, count in KINDS.items() for _ in range(max(1, round(count * share)))]
