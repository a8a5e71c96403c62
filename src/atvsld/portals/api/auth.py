"""Who is asking: a signed-in person, or a service with an OAuth2 token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import APIKeyCookie, HttpBearer
from oauth2_provider.oauth2_backends import get_oauthlib_core

from atvsld.platform.acts import clock
from atvsld.registers.offices.grants import actor_for

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class ServiceToken(HttpBearer):
    """OAuth2 client credentials: the service acts with the offices of the account its application belongs to.

    Reading asks for the scope `read`, everything else for `write`.
    """

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002 - read from the request
        scope = "read" if request.method in SAFE else "write"
        valid, verified = get_oauthlib_core().verify_request(request, scopes=[scope])
        if not valid:
            return None
        user = verified.user or verified.client.user
        if user is None or not user.is_active:
            return None
        asking: Any = request
        asking.user = user
        asking.actor = actor_for(user, clock.local_day(asking.now))
        return user


class Session(APIKeyCookie):
    """The session of the pages, with its protection against forged requests."""

    def __init__(self) -> None:
        self.param_name = settings.SESSION_COOKIE_NAME
        super().__init__(csrf=True)

    def __call__(self, request: HttpRequest) -> Any:
        # A stranger is told to sign in; only someone with a session can be the target of forgery.
        if not request.user.is_authenticated:
            return None
        try:
            return super().__call__(request)
        except HttpError as error:
            raise HttpError(403, _("Thiếu hoặc sai mã chống giả mạo (tiêu đề X-CSRFToken).")) from error

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002 - the session was read already
        return request.user


AUTH = (ServiceToken(), Session())


def known_caller(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description of the interface, for a service with its token as for a person signed in."""
    for_people = login_required(view)

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "Authorization" not in request.headers:
            return for_people(request, *args, **kwargs)
        return view(request, *args, **kwargs) if ServiceToken()(request) else HttpResponse(status=401)

    return shown
