"""Who writes in the demo: an act moved to the day of what is written, and keys that a seed gives again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from random import Random
from typing import Any

from django.utils import timezone
from ulid import ULID

from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import Cast
from atvsld.registers.ledgers import actions
from atvsld.registers.ledgers.ledger import Ledger
from atvsld.registers.ledgers.reach import Owner


@dataclass(frozen=True, slots=True)
class Hand:
    """The act of a room of the demo with its cast and chance."""

    act: Act
    cast: Cast
    chance: Random

    def moment(self, day: date, hour: int = 10) -> datetime:
        """An hour of a day in Viet Nam."""
        return timezone.make_aware(datetime.combine(day, time(hour, 15)))

    def on(self, day: date, hour: int = 10) -> Act:
        """The act on another day."""
        return replace(self.act, at=self.moment(day, hour))

    def key(self, day: date) -> str:
        """A key of that day, the same for the same seed."""
        moment = round(self.moment(day).timestamp() * 1000)
        return str(ULID.from_bytes(moment.to_bytes(6, "big") + self.chance.randbytes(10)))

    def enter(self, ledger: Ledger[Any], owner: Owner, day: date, given: Mapping[str, Any]) -> Any:
        """A record of a ledger written on a day."""
        return actions.enter(self.on(day), ledger=ledger, key=self.key(day), owner=owner, given=given)
