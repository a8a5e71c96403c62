"""What other rooms do when a report is handed in: the duty that asked for it is discharged."""

from __future__ import annotations

from collections.abc import Callable

from atvsld.oversight.filing.models import Filing
from atvsld.platform.acts import Act

Follower = Callable[[Act, Filing], None]
_FOLLOWERS: list[Follower] = []


def follow(follower: Follower) -> None:
    """Be told, within the same act and transaction, of every report handed in."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def tell(act: Act, filing: Filing) -> None:
    for follower in _FOLLOWERS:
        follower(act, filing)
