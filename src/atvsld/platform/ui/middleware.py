"""Turns the errors of acts into pages that say what happened and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from atvsld.platform.acts.errors import Conflict, Refused, Rejected


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
