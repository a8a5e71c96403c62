"""A worker process that takes ticks, and is killed without warning at random moments."""

from __future__ import annotations

import os
import select
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import connections

from atvsld.registers.duties import facade as duties

# The server rolls a dead worker's work back once it notices; a row it still holds is left alone by others until then.
TRIES, PAUSE = 40, 0.05


@dataclass
class Worker:
    """Takes ticks one after another. `mortality` is the chance of being killed during one."""

    dice: Random
    mortality: float
    pid: int = 0
    deaths: int = 0
    usual: float = 0.02

    def start(self) -> None:
        """Another process begins; it shares no connection with this one."""
        connections.close_all()
        ask, told = os.pipe(), os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(ask[1])
            os.close(told[0])
            _work(ask[0], told[1])
        os.close(ask[0])
        os.close(told[1])
        self.asks, self.hears = ask[1], told[0]

    def stop(self) -> None:
        os.close(self.asks)
        os.waitpid(self.pid, 0)
        os.close(self.hears)

    def tick(self, at: datetime, *, busy: bool) -> None:
        """One tick, taken to its end by this worker or, when it dies of it, by the next. It dies at work only."""
        doomed = busy and self.dice.random() < self.mortality
        self._ask(at)
        began = time.monotonic()
        answered = self._answered(self.dice.uniform(0, self.usual) if doomed else None)
        if not answered:
            self._kill()
            for _ in range(TRIES):
                self.start()
                self._ask(at)
                self._answered(None)
                if not duties.Duty.objects.filter(next_at__lte=at).exists():
                    return
                self.stop()
                time.sleep(PAUSE)
            raise AssertionError(f"tick of {at} was never finished")
        if busy and not doomed:
            self.usual = 0.7 * self.usual + 0.3 * (time.monotonic() - began)

    def _ask(self, at: datetime) -> None:
        # One that died between two ticks is noticed by its silence, and the next one takes the tick.
        with suppress(BrokenPipeError):
            os.write(self.asks, f"{at.isoformat()}\n".encode())

    def _answered(self, seconds: float | None) -> bool:
        ready, _, _ = select.select([self.hears], [], [], seconds)
        return bool(ready) and os.read(self.hears, 64) == b"done\n"

    def _kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.asks)
        os.close(self.hears)
        self.deaths += 1


@contextmanager
def mortal(dice: Random, mortality: float) -> Iterator[Worker]:
    """A worker at work, ended in the end."""
    worker = Worker(dice, mortality)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
        connections.close_all()


def _work(asked: int, told: int) -> None:
    """The other process: nothing of the tests' own ending may run in it."""
    status = 1
    try:
        with os.fdopen(asked) as lines:
            for line in lines:
                duties.tick(datetime.fromisoformat(line.strip()))
                os.write(told, b"done\n")
        status = 0
    except Exception:  # noqa: BLE001 - told, then the process ends
        traceback.print_exc()
    finally:
        os._exit(status)
