"""Puts the acting person on the request, worked out once and only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from atvsld.platform.access.actor import NOBODY, Actor
from atvsld.platform.acts import clock
from atvsld.registers.offices.grants import actor_for


class ActorMiddleware:
    """Sets `request.now` (one moment for the whole request) and `request.actor`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.now = clock.now()
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


def _actor(request: Any) -> Actor:
    if not request.user.is_authenticated:
        return NOBODY
    return actor_for(request.user, clock.local_day(request.now))
