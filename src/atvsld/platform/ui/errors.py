"""Error pages: what happened, what to do, and a code to quote."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refused(request: HttpRequest, *reasons: str) -> HttpResponse:
    return render(request, "ui/refused.html", {"reasons": reasons}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "ui/error_400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "ui/refused.html", {"reasons": ()}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "ui/error_404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return render(request, "ui/error_csrf.html", status=403)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:  # noqa: ARG001
    """Drawn without context processors: the database itself may be what failed."""
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string("ui/error_500.html"), status=500)
