"""Who must know that a case changed: outer rooms follow here, in the transaction of the change.

    follow(facts_changed)        # in the follower's AppConfig.ready()

Every action of this room that changes a case or its victims ends with `changed`. Bulk imports do not: a file of past
years opens no procedure.
"""

from __future__ import annotations

from collections.abc import Callable

from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.acts import Act

Follower = Callable[[Act, AccidentCase], None]
_FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Have a function called after every change of a case; what it raises undoes the change."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def changed(act: Act, case: AccidentCase) -> None:
    """Tell every follower; `case` carries the values now stored."""
    for follower in _FOLLOWERS:
        follower(act, case)
