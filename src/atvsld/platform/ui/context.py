"""What every page's shell needs."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@cache
def product_version() -> str:
    """The installed version of the product; "dev" when it runs without being installed."""
    try:
        return version("atvsld")
    except PackageNotFoundError:
        return "dev"


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "DEMO": settings.DEMO,
        "DEBUG": settings.DEBUG,
        "actor": getattr(request, "actor", None),
        "product_version": product_version(),
    }
