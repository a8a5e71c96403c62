"""The decorator that turns a function into an act: permission, transaction, named history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pghistory
from django.db import transaction

from atvsld.kit.ids import new_ulid
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Refused

P = ParamSpec("P")
R = TypeVar("R")


class Channel(StrEnum):
    """How an act reached the system."""

    PAGE = "page"
    API = "api"
    CLI = "cli"
    IMPORT = "import"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, through what and why. Passed to every action; never taken from a global."""

    actor: Actor
    channel: Channel
    at: datetime = field(default_factory=clock.now)
    reason: str = ""
    request_id: str = field(default_factory=new_ulid)

    @property
    def day(self) -> date:
        return clock.local_day(self.at)


# Whether an action is running: what it calls is part of what its person did.
_within: ContextVar[bool] = ContextVar("within an action", default=False)


@contextmanager
def _named(act: Act, name: str) -> Iterator[None]:
    """History under the name of the outermost act: one deed of a person, one name, however many actions do it."""
    if _within.get():
        yield
        return
    said = {
        "act": name,
        "actor": act.actor.name,
        "actor_id": act.actor.user_id,
        "reason": act.reason,
        "channel": act.channel.value,
        "request_id": act.request_id,
    }
    mark = _within.set(True)
    try:
        with pghistory.context(**said):
            yield
    finally:
        _within.reset(mark)


def action(
    *, needs: str, records: str
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Act, P], R]]:
    """Declare an action: `needs` a permission code, `records` the name of the act in history.

    The function takes the `Act` first and keyword arguments after. It runs in one transaction; every row it writes is
    recorded by the database under this act, or under the one that called it. It raises `Refused` when the actor holds
    the permission nowhere; the function itself checks the loaded object through its policy.
    """

    def decorate(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
        @wraps(function)
        def run(act: Act, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not act.actor.may(needs):
                raise Refused(f"Tài khoản không có quyền “{needs}”.")
            with transaction.atomic(), _named(act, records):
                return function(act, *args, **kwargs)

        return run

    return decorate
