"""The investigation on the page of a case."""

from __future__ import annotations

from django.http import HttpRequest

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.panels import Panel


def investigation_panel(case: AccidentCase, request: HttpRequest) -> Panel | None:  # noqa: ARG001
    return None
