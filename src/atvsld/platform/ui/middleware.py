"""Turns the errors of acts into pages that say what happened and what to do; states what a page may load."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from atvsld.platform.acts.errors import Conflict, Refused, Rejected

# Scripts, styles, fonts and pictures come from this server alone; nothing inline, nothing evaluated.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; "
    "img-src 'self' data: blob:; "
    "object-src 'none'; "
    "base-uri 'self'; "
    "form-action 'self'; "
    "frame-ancestors 'none'"
)


class ContentSecurityMiddleware:
    """Adds the policy to every answer that states none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        return response


class ErrorMiddleware:
    """Refused → 403, Conflict → 409, Rejected → 422, each with its sentences."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match error:
            case Refused():
                return render(request, "ui/refused.html", {"reasons": error.reasons}, status=403)
            case Conflict():
                return render(request, "ui/conflict.html", {"message": str(error)}, status=409)
            case Rejected():
                return render(request, "ui/rejected.html", {"problems": error.problems}, status=422)
        return None
