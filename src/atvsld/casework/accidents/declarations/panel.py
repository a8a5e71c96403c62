"""Part of the case's page: every notice of the accident that the person may see, with its timing and receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations import legal, queries
from atvsld.casework.accidents.declarations.facade import same_accident
from atvsld.casework.accidents.declarations.models import CaseMatch, Declaration
from atvsld.casework.accidents.declarations.policy import CREATE, READ
from atvsld.casework.accidents.declarations.timing import timing
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.panels import Panel
from atvsld.casework.accidents.policy import CASES, CHANGE
from atvsld.law import load_book
from atvsld.platform.ui.pages import actor_of


def declared(case: AccidentCase, request: HttpRequest) -> Panel | None:
    """The panel; None for somebody who may not read declarations."""
    actor = actor_of(request)
    if not actor.may(READ):
        return None
    rows = [row(declaration) for declaration in queries.shown_of_case(case, actor)]
    matches = CaseMatch.objects.filter(kept=case, verdict="same", undone_at__isnull=True).select_related("other")
    context: dict[str, Any] = {
        "case": case,
        "rows": rows,
        "same_as": same_accident(case) if queries.hears_everyone(actor) else None,
        "matches": list(matches) if queries.hears_everyone(actor) else [],
        "may_change": bool(CASES.decide(actor, CHANGE, case)),
        "may_declare": actor.may(CREATE),
        "add_url": f"{reverse('accident_declarations:new')}?vu={case.public_id}",
    }
    return Panel(
        title=_("Khai báo, tin báo"), icon="bell", template="accident_declarations/panel.html", context=context,
        id="khai-bao", flush=True,
    )  # fmt: skip


def row(declaration: Declaration) -> dict[str, Any]:
    """A declaration with what the law says of it and what it says of the people hurt."""
    return {
        "declaration": declaration,
        "timing": timing(load_book(), declaration),
        "legal": legal.kinds()[declaration.kind],
        "counts": counts(declaration),
        "differs": _differs(declaration),
    }


def counts(declaration: Declaration) -> str:
    """`1 chết, 2 nặng` as told."""
    told = declaration.content
    words = (
        ("dead", _("%(n)s chết")), ("severe", _("%(n)s nặng")), ("minor", _("%(n)s nhẹ")),
        ("unclear", _("%(n)s chưa rõ")),
    )  # fmt: skip
    return ", ".join(text % {"n": told[name]} for name, text in words if told.get(name))


def _differs(declaration: Declaration) -> bool:
    """Whether it counts more or fewer people than the case now does."""
    if declaration.case is None:
        return False
    return len(declaration.content.get("severities", [])) != declaration.case.victim_count
