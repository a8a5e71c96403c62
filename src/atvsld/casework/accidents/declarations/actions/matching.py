"""Deciding that two cases are one accident, or are not; and taking it back."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.accidents.actions import change_case
from atvsld.casework.accidents.declarations import procedure_link
from atvsld.casework.accidents.declarations.actions.receiving import one_at_a_time
from atvsld.casework.accidents.declarations.models import CaseMatch, Declaration
from atvsld.casework.accidents.declarations.policy import DECLARATIONS, READ
from atvsld.casework.accidents.drafts import CaseDraft
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CASES, CHANGE
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action


@action(needs=CHANGE, records="accidents:case:matched")
def decide_match(act: Act, *, kept: AccidentCase, other: AccidentCase, verdict: str) -> CaseMatch:
    """Say that two cases are the same accident or different ones; saying the same twice changes nothing.

    When they are the same, every declaration of `other` stands with `kept` from now on, and `other` is counted no
    more. Nothing is deleted: `undo_match` puts everything back.
    """
    _require_authority(act, kept, other)
    if kept.pk == other.pk:
        raise Rejected([Problem("same_case", _("Hai hồ sơ là một."), _("Chọn hai hồ sơ khác nhau."))])
    for key in sorted((kept.public_id, other.public_id)):
        one_at_a_time(f"match:{key}")
    standing = CaseMatch.objects.filter(undone_at__isnull=True)
    for first, second in ((kept, other), (other, kept)):
        if held := standing.filter(kept=first, other=second).first():
            if held.verdict == verdict:
                return held
            raise Conflict(_("Đã có kết luận khác về hai hồ sơ này. Rút lại kết luận ấy trước."))
    if verdict == CaseMatch.Verdict.DIFFERENT:
        return CaseMatch.objects.create(kept=kept, other=other, verdict=verdict, decided_at=act.at)
    if standing.filter(verdict="same", other__in=[kept.pk, other.pk]).exists():
        raise Conflict(_("Một trong hai hồ sơ đã được xác định là trùng với hồ sơ khác."))
    moved = list(Declaration.objects.filter(case=other).values_list("pk", flat=True))
    aside = procedure_link.set_aside(act, other, kept)
    match = CaseMatch.objects.create(
        kept=kept, other=other, verdict=verdict, decided_at=act.at,
        before={"declarations": moved, "conclusion": other.conclusion, "set_aside": aside},
    )  # fmt: skip
    Declaration.objects.filter(pk__in=moved).update(case=kept)
    _conclude(act, other, AccidentCase.Conclusion.NOT_OCCUPATIONAL)
    return match


@action(needs=CHANGE, records="accidents:case:match_undone")
def undo_match(act: Act, *, match: CaseMatch) -> CaseMatch:
    """Take a decision back; the declarations return to the case they came from. Needs `act.reason`."""
    _require_authority(act, match.kept, match.other)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do tách lại."), column="reason")])
    if not CaseMatch.objects.filter(pk=match.pk, undone_at__isnull=True).update(undone_at=act.at):
        raise Conflict(_("Kết luận này đã được rút lại."))
    if match.verdict == CaseMatch.Verdict.SAME:
        Declaration.objects.filter(pk__in=match.before["declarations"], case=match.kept).update(case=match.other)
        match.other.refresh_from_db()
        _conclude(act, match.other, match.before["conclusion"])
        if match.before.get("set_aside"):
            procedure_link.take_back(act, match.other)
    match.refresh_from_db()
    return match


def _require_authority(act: Act, *cases: AccidentCase) -> None:
    """Only an authority joins or parts cases: an employer must not learn from it that somebody else told."""
    for case in cases:
        CASES.require(act.actor, CHANGE, case)
        DECLARATIONS.require(act.actor, READ, Declaration(place_id=case.place_id))


def _conclude(act: Act, case: AccidentCase, conclusion: str) -> None:
    if case.conclusion == conclusion:
        return
    stated: dict[str, Any] = {column.name: getattr(case, column.name) for column in fields(CaseDraft)}
    change_case(act, case=case, version=case.version, changes=CaseDraft(**(stated | {"conclusion": conclusion})))
