"""A worker process that takes ticks, and is killed without warning at random moments.

It is forked from a clean process that only knows the settings, never from the one that runs the tests: with a browser
open, Django keeps two sets of connections in that one (one beside the browser's event loop, one without it), and a
child of it would find the set nobody closed, whose sessions the server ended long ago.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from random import Random

from django.db import connection
from tests.rehearsal.worker_process import work

from atvsld.registers.duties import facade as duties

# The server rolls a dead worker's work back once it notices; a row it still holds is left alone by others until then.
TRIES, PAUSE = 40, 0.05
# Far beyond any tick; one that hangs fails the test instead of holding it for ever.
PATIENCE = 60
CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["tests.rehearsal.worker_process"])


@dataclass
class Worker:
    """Takes ticks one after another. `mortality` is the chance of being killed during one."""

    dice: Random
    mortality: float
    deaths: int = 0
    usual: float = 0.02
    process: ForkServerProcess | None = None
    line: Connection | None = None

    def start(self) -> None:
        """Another process begins, with the database of this test."""
        self.line, far = CLEAN.Pipe()
        self.process = CLEAN.Process(target=work, args=(far, connection.settings_dict["NAME"]), daemon=True)
        self.process.start()
        far.close()  # so that a dead worker is noticed by its silence
        assert self._hears("ready", PATIENCE)

    def stop(self) -> None:
        """It is gone afterwards, whatever it was doing; stopping twice does no harm."""
        if self.process is not None and self.line is not None:
            self.process.kill()
            self.process.join()
            self.line.close()
        self.process = self.line = None

    def tick(self, at: datetime, *, busy: bool) -> None:
        """One tick, taken to its end by this worker or, when it dies of it, by the next. It dies at work only."""
        doomed = busy and self.dice.random() < self.mortality
        began = time.monotonic()
        if not self._take(at, self.dice.uniform(0, self.usual) if doomed else PATIENCE):
            self.stop()
            self.deaths += 1
            self._finish(at)
        elif busy and not doomed:
            self.usual = 0.7 * self.usual + 0.3 * (time.monotonic() - began)

    def _finish(self, at: datetime) -> None:
        """What the dead one left is taken up by new ones until nothing of it waits."""
        for _ in range(TRIES):
            self.start()
            self._take(at, PATIENCE)
            if not duties.Duty.objects.filter(next_at__lte=at).exists():
                return
            self.stop()
            time.sleep(PAUSE)
        raise AssertionError(f"tick of {at} was never finished")

    def _take(self, at: datetime, seconds: float) -> bool:
        """Whether the worker says within some seconds that the tick is done."""
        assert self.line is not None
        with suppress(BrokenPipeError):
            self.line.send(at)
        return self._hears("done", seconds)

    def _hears(self, word: str, seconds: float) -> bool:
        assert self.line is not None
        with suppress(ConnectionResetError, EOFError):
            return self.line.poll(seconds) and self.line.recv() == word
        return False


@contextmanager
def mortal(dice: Random, mortality: float) -> Iterator[Worker]:
    """A worker at work, ended in the end."""
    worker = Worker(dice, mortality)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
