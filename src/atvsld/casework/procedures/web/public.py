"""Without sign-in: the procedures, one of them, and where a dossier stands. Nothing here names who applied."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from atvsld.casework.procedures import figures, queries, settling
from atvsld.casework.procedures.listing import said
from atvsld.casework.procedures.models import Application
from atvsld.casework.procedures.rules import load_procedures
from atvsld.casework.procedures.web import shown
from atvsld.platform.acts import clock


def listed(request: HttpRequest) -> HttpResponse:
    """Every procedure with its time by law and the time measured this year."""
    today, measured = _measured(request)
    context = {
        "title": _("Thủ tục hành chính về an toàn, vệ sinh lao động"),
        "pretitle": _("Thông tin công khai"),
        "lines": shown.lines(measured, today),
        "year": today.year,
    }
    return render(request, "procedures/public_list.html", context)


def procedure(request: HttpRequest, procedure: str) -> HttpResponse:
    """One procedure: papers, steps, time, where to hand in."""
    one = load_procedures().by_id.get(procedure)
    if one is None:
        raise Http404
    today, measured = _measured(request, one.id)
    version = one.at(today)
    facts = shown.measured_facts(measured.get(one.id), version.term.unit if version else "working")
    context = {**shown.about(one, today), "title": said(one.label), "measured": facts, "year": today.year}
    return render(request, "procedures/public_procedure.html", context)


def track(request: HttpRequest) -> HttpResponse:
    """Where a dossier stands, by its code."""
    asked = request.GET.get("ma", "").strip()[:40]
    found = queries.by_code(asked) if asked else None
    context: dict[str, Any] = {"title": _("Tra cứu hồ sơ thủ tục"), "asked": asked, "record": found}
    if found is not None:
        one = load_procedures()[found.procedure]
        version = one.at(clock.local_day(found.received_at))
        context |= {
            "procedure": one,
            "procedure_label": said(one.label),
            "term": shown.term_shown(version.term) if version else None,
            "reckoning": settling.reckoning(found, on=clock.local_day(request.now)),  # type: ignore[attr-defined]
            "following": settling.following(found),
            "steps": shown.progress(found),
        }
    response = render(request, "procedures/track.html", context, status=404 if asked and found is None else 200)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response


def _measured(request: HttpRequest, only: str = "") -> tuple[date, dict[str, figures.Measured]]:
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    held = Application.objects.filter(procedure=only) if only else Application.objects.all()
    return today, figures.measured(held, date(today.year, 1, 1), date(today.year, 12, 31), today)
