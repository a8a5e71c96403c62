"""The procedure on the page of a case: where it stands, who deals with it and why, what may follow, what is due."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.assessment import assess
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.panels import Panel
from atvsld.casework.accidents.policy import CASES, CREATE
from atvsld.casework.accidents.procedure import facade, policy
from atvsld.casework.accidents.procedure.models import CaseFile, StageChange
from atvsld.casework.accidents.procedure.reading import find_level, picture
from atvsld.casework.accidents.procedure.web.wording import clock_lines, path_of, said
from atvsld.kit.certainty import Citation
from atvsld.law import load_book
from atvsld.law.procedure import FileFacts, Level, LevelRule
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import actor_of
from atvsld.registers.duties import facade as duties

REPLACES = frozenset({"competence", "deadlines"})
# Steps that put a file on another level: why stands in sight, not only in the history.
RAISING = frozenset({"upgrade", "reinvestigate", "keep_result", "override"})


def procedure_panel(case: AccidentCase, request: HttpRequest) -> Panel | None:
    """The stage, the competent level, the path, the next steps and the history; a way to open a file without one."""
    actor = actor_of(request)
    file = facade.file_of(case)
    if file is None:
        if not CASES.decide(actor, CREATE, case) or not actor.may(policy.ACT):
            return None
        return Panel(
            _("Trình tự giải quyết"), "checklist", "accident_procedure/unopened.html",
            {"url": reverse("accident_procedure:open", args=[case.public_id])}, id="trinh-tu", column="lead",
        )  # fmt: skip
    file.case = case
    _victims, changes, facts = picture(file)
    views = facade.steps(actor, file, at=request.now)  # type: ignore[attr-defined]
    own = [view for view in views if view.allowed and view.id != "override"]
    return Panel(
        _("Trình tự giải quyết"), "checklist", "accident_procedure/panel.html",
        {
            "file": file,
            "stage": load_procedure().stages[file.stage],
            "path": path_of(file, changes),
            "raised": [said(change) for change in changes if change.step in RAISING],
            "competence": _competence(file, raised="reinvestigate" in facts.done | facts.before),
            "mine": [_button(case, view) for view in own if not _waits(view)],
            "later": [view for view in own if _waits(view)],
            "others": [view for view in views if not view.allowed and actor.may(policy.ACT)],
            "override": next((_button(case, view) for view in views if view.allowed and view.id == "override"), None),
            "needs": _needs(file, facts, clock.local_day(request.now)),  # type: ignore[attr-defined]
            "history": [said(change) for change in reversed(changes)],
            "publications": facade.publications(file),
            "instants": _instants(file),
            "describe_url": reverse("accident_procedure:describe", args=[case.public_id])
            if policy.decide(actor, file, load_procedure().step("declare")) else "",
        },
        id="trinh-tu",
        column="lead",
    )  # fmt: skip


def deadlines_panel(case: AccidentCase, request: HttpRequest) -> Panel | None:
    """What is due, by when and why; limits that no longer count; the periodic reports the case stands in."""
    file = facade.file_of(case)
    if file is None:
        return None
    file.case = case
    now = request.now  # type: ignore[attr-defined]
    owed = duties.duties_panel(actor_of(request), "accidents", case.public_id, now=now)
    victims = list(case.victims.order_by("position"))
    context = {
        "duties": owed,
        "clocks": clock_lines(file, now),
        "reports": assess(load_book(), case, victims).reports,
    }
    return Panel(
        _("Việc và thời hạn"), "calendar-due", "accident_procedure/deadlines.html", context, column="side",
        id="thoi-han", replaces=REPLACES,
    )  # fmt: skip


def _waits(view: facade.StepView) -> bool:
    """Whether another step has to be taken first; closing lists what it needs in its own place."""
    return view.id != "close" and any(problem.code.startswith("needs_") for problem in view.missing)


def _button(case: AccidentCase, view: facade.StepView) -> dict[str, Any]:
    return {"view": view, "url": reverse("accident_procedure:step", args=[case.public_id, view.id])}


def _competence(file: CaseFile, *, raised: bool) -> dict[str, Any]:
    """The level that deals with the file, and what the law computes of the present victims.

    A file `raised` by a reinvestigation stands above the computed level by law: that is no difference to settle.
    """
    book, procedure = load_book(), load_procedure()
    found = find_level(book, file, list(file.case.victims.order_by("position")))
    day = clock.local_day(file.case.occurred_at)
    rule: LevelRule | None = procedure.levels[Level(file.level)] if file.level else None
    computed = found.competence
    return {
        "rule": rule,
        "provision": next((entry for entry in rule.provisions if entry.holds_on(day)), None) if rule else None,
        "why": computed.explanation if computed else None,
        "missing": found.missing,
        "differs": bool(computed and rule and computed.level != rule.id and not raised),
        "computed": procedure.levels[computed.level] if computed else None,
        "field": procedure.special_fields.get(file.special_field),
    }


def _needs(file: CaseFile, facts: FileFacts, day: Any) -> list[tuple[str, bool]]:
    """The acts without which the file does not close, with whether each was done."""
    if file.stage in ("closed", "out_of_scope"):
        return []
    return [
        (step.label.vi, step.id in facts.done | facts.before) for step in load_procedure().acts(facts, on=day)
    ]  # fmt: skip


def _instants(file: CaseFile) -> list[tuple[str, Any]]:
    from atvsld.platform.ui.formats_text import moment

    fields = CaseFile._meta  # noqa: SLF001 - the documented interface of models
    names = ("known_at", "employer_aware_at", "notified_at", "commune_received_at", "department_received_at")
    return [(str(capfirst(str(fields.get_field(name).verbose_name))), moment(getattr(file, name))) for name in names]  # type: ignore[union-attr]


def citation_of(change: StageChange) -> Citation:
    return Citation(change.instrument, change.locator)
