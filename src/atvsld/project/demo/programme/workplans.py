from __future__ import annotations

from random import Random

from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import Cast


def make(act: Act, cast: Cast, chance: Random) -> int:  # noqa: ARG001 - nothing is made yet
    """How many records were made."""
    return 0
