"""Pages of the minutes and of the meeting that makes them public."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.investigation import actions, seals
from atvsld.casework.accidents.investigation.actions.material import require_reading
from atvsld.casework.accidents.investigation.material import role_label
from atvsld.casework.accidents.investigation.models import Minutes
from atvsld.casework.accidents.investigation.policy import CHANGE
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.investigation.web import forms, sheets
from atvsld.casework.accidents.investigation.web.desk import Desk, desk_or_404, key_of, part_or_404, version_of
from atvsld.casework.accidents.investigation.web.gathering import SHEET, act_at_desk, pressed
from atvsld.casework.accidents.policy import READ
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES
from atvsld.platform.acts import Conflict, Rejected, clock
from atvsld.platform.ui.pages import act_of, apply_problems, requires, say

KIND = "accident_investigation.minutes"


@require_POST
@requires(CHANGE)
def start_minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """New minutes filled from the case, opened for writing; those being written when there are some."""
    desk = desk_or_404(request, public_id)
    made: list[Minutes] = []
    response = pressed(
        request, desk,
        lambda: made.append(actions.start_minutes(act_of(request), case=desk.case, key=key_of(request))),
        _("Đã mở biên bản để soạn."),
    )  # fmt: skip
    return redirect("accident_investigation:edit_minutes", public_id, made[0].public_id) if made else response


@never_cache
@requires(CHANGE)
def edit_minutes(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """Write the minutes. When somebody else wrote meanwhile, both texts are shown and nothing typed is lost."""
    desk = desk_or_404(request, public_id)
    minutes = _minutes_or_404(desk, part)
    if minutes.published_at is not None:
        return redirect("accident_investigation:minutes", public_id, part)
    opened: dict[str, Any] = {"findings": {}, "faults": []}
    if request.method != "POST":
        require_reading(act_of(request, _("Soạn biên bản điều tra")), desk.case, KIND, [minutes.public_id])
        opened = _opened(minutes)
    form = sheets.MinutesForm(
        request.POST or None, record=desk.record, minutes=minutes, opened=opened, initial=_stated(minutes)
    )
    others: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_minutes(act_of(request), minutes=minutes, version=version_of(form), draft=form.draft())
        except Rejected as error:
            apply_problems(form, error)
        except Conflict as error:
            minutes.refresh_from_db()
            form.add_error(None, str(error))
            others = _differences(form, minutes)
            # What was typed is sent again knowingly, over the version now shown.
            typed = request.POST.copy()
            typed["version"] = str(minutes.version)
            form.data = typed
        else:
            say(request, _("Đã ghi biên bản."))
            return redirect("accident_investigation:minutes", public_id, part)
    context = {
        "form": form, "minutes": minutes, "others": others, "number": desk.case.number, "desk_url": desk.back,
        "title": _("Soạn biên bản điều tra lần %(n)s") % {"n": minutes.number},
        "cancel_url": reverse("accident_investigation:minutes", args=[public_id, part]),
    }  # fmt: skip
    status = 409 if others else 422 if form.is_bound else 200
    return render(request, "accident_investigation/edit_minutes.html", context, status=status)


def _differences(form: sheets.MinutesForm, minutes: Minutes) -> list[tuple[str, str]]:
    """Fields in which what is stored now says something else than what was typed: label and stored words."""
    stored = _stated(minutes)
    found = []
    for name, field in form.fields.items():
        if name == "version" or form.cleaned_data.get(name) == stored.get(name):
            continue
        choices = dict(getattr(field, "choices", ()) or ())
        value = stored.get(name)
        found.append((str(field.label), str(choices.get(value, value)) if value not in (None, "") else "–"))
    return found or [(_("Người bị nạn, người có lỗi hoặc biện pháp"), _("đã được sửa"))]


def _stated(minutes: Minutes) -> dict[str, Any]:
    return {name: getattr(minutes, name) for name in sheets.MinutesForm.base_fields}


def _opened(minutes: Minutes) -> dict[str, Any]:
    """Findings and faults with their sealed texts, for a form whose opening is recorded."""
    plain = (
        "severity", "injury_codes", "treated_at", "first_treatment", "workplace", "service_years", "trade_years",
        "skill_grade", "trained", "days_lost", "medical_cost", "wage_cost", "compensation_cost",
    )  # fmt: skip
    findings = {
        one.victim_id: {name: getattr(one, name) for name in plain}
        | {
            "injury": seals.open_(one.injury_sealed, seals.INJURY),
            "residence": seals.open_(one.residence_sealed, seals.RESIDENCE),
        }
        for one in minutes.victims.all()
    }
    faults = [
        {"person": seals.open_(one.person_sealed, seals.FAULT), "role": one.role, "breach": one.breach,
         "handling": one.handling}
        for one in minutes.faults.all()
    ]  # fmt: skip
    return {"findings": findings, "faults": faults}


@never_cache
@requires(READ)
def minutes_page(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """One version of the minutes: sealed texts only for one view, once the purpose is said and recorded."""
    desk = desk_or_404(request, public_id, work=False)
    minutes = _minutes_or_404(desk, part)
    if minutes.published_at is None and not desk.works:
        raise Http404
    form = forms.PurposeForm(request.POST or None)
    clear = False
    if request.method == "POST" and form.is_valid():
        try:
            require_reading(act_of(request, form.cleaned_data["purpose"]), desk.case, KIND, [minutes.public_id])
            clear = True
        except Rejected as error:
            for problem in error.problems:
                form.add_error("purpose", problem.message)
    context = {
        "title": _("Biên bản điều tra lần %(n)s") % {"n": minutes.number}, "minutes": minutes, "form": form,
        "clear": clear, "works": desk.works, "reads": desk.reads, "number": desk.case.number, "desk_url": desk.back,
        "case": desk.case, "may_approve": desk.record.file.stage == "investigating",
        "meeting": _meeting_lines(desk.record, minutes), **_shown(desk, minutes, clear=clear),
    }  # fmt: skip
    return render(request, "accident_investigation/minutes.html", context, status=422 if form.errors else 200)


def _shown(desk: Desk, minutes: Minutes, *, clear: bool) -> dict[str, Any]:
    day = clock.local_day(desk.case.occurred_at)
    opened = _opened(minutes) if clear else {"findings": {}, "faults": []}
    findings = [
        {
            "finding": one,
            "codes": [codes.label(INJURIES, code, day) for code in one.injury_codes] if clear else [],
            "hidden": len(one.injury_codes),
            "opened": opened["findings"].get(one.victim_id, {}),
        }
        for one in sorted(minutes.victims.all(), key=lambda one: one.victim.position)
    ]
    faults = [
        {"fault": one, "person": opened["faults"][place]["person"] if clear else ""}
        for place, one in enumerate(minutes.faults.all())
    ]
    return {
        "findings": findings,
        "faults": faults,
        "cause": codes.label(CAUSES, minutes.cause_code, day),
        "agent": codes.label(AGENTS, minutes.injury_agent_code, day),
        "conclusion": dict(sheets.MinutesForm.base_fields["conclusion"].choices).get(minutes.conclusion, ""),  # type: ignore[attr-defined]
    }


def _meeting_lines(record: Record, minutes: Minutes) -> dict[str, Any] | None:
    meeting = record.meeting_of(minutes)
    if meeting is None:
        return None
    lines = [(one, role_label(record, "invitees", one.role)) for one in meeting.participants.all()]
    return {"held": meeting, "lines": lines}


@require_POST
@requires(CHANGE)
def approve(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """The team approves its minutes; everything missing is told at once."""
    desk = desk_or_404(request, public_id)
    minutes = _minutes_or_404(desk, part)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
    return pressed(
        request, desk, lambda: actions.approve_minutes(act_of(request), minutes=minutes, version=version),
        _("Đoàn điều tra đã thông qua biên bản; hồ sơ vụ đã lấy theo."), "#bien-ban",
    )  # fmt: skip


@requires(CHANGE)
def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask to the meeting."""
    desk = desk_or_404(request, public_id)
    held = desk.record.meeting_of(desk.record.writing)
    initial = {"planned_at": held.planned_at, "place": held.place, "version": held.version} if held else {}
    form = sheets.MeetingForm(request.POST or None, record=desk.record, initial=initial)
    return act_at_desk(
        request, desk, form,
        lambda: actions.call_meeting(act_of(request), case=desk.case, version=version_of(form), draft=form.draft()),
        title=_("Mời họp công bố biên bản"), anchor="#hop", template=SHEET,
    )  # fmt: skip


@requires(CHANGE)
def held(request: HttpRequest, public_id: str) -> HttpResponse:
    """The meeting was held: the minutes are public."""
    desk = desk_or_404(request, public_id)
    called = desk.record.meeting_of(desk.record.writing)
    if called is None:
        return redirect(f"{desk.back}#hop")
    team = desk.record.team
    leader = next((one.name for one in team.members.all() if one.is_leader), "") if team else ""
    initial = {"held_at": called.planned_at, "chair": leader, "version": called.version}
    form = sheets.HeldForm(request.POST or None, record=desk.record, initial=initial)
    return act_at_desk(
        request, desk, form,
        lambda: actions.publish(act_of(request), meeting=called, version=version_of(form), draft=form.draft()),
        title=_("Ghi cuộc họp công bố"), anchor="#gui", template=SHEET, submit_label=_("Công bố biên bản"),
    )  # fmt: skip


def _minutes_or_404(desk: Desk, part: str) -> Minutes:
    held = Minutes.objects.filter(case=desk.case).select_related("superseded_by")
    return part_or_404(held.prefetch_related("victims__victim", "faults", "recommendations__document"), part)
