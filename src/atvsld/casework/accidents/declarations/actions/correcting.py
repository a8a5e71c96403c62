"""The full declaration and every later correction: a new version, and the case brought up to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.accidents.actions import add_victim, change_case, change_victim
from atvsld.casework.accidents.declarations import rules, sealing
from atvsld.casework.accidents.declarations.actions.receiving import build, one_at_a_time, store
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.casework.accidents.declarations.notice import Notice, PersonFacts, Reporter
from atvsld.casework.accidents.declarations.policy import CREATE, DECLARATIONS
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft, differs
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.rules import blocking
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.places import tree


@action(needs=CREATE, records="accidents:declaration:corrected")
def correct(
    act: Act, *, key: str, earlier: Declaration, notice: Notice, case_version: int | None = None, full: bool = True
) -> Declaration:
    """The next version of a declaration; the earlier one stays as it was, with its receipt.

    With `case_version` (the version of the case the writer saw) the case and its victims are brought up to the
    notice too, needing the right to change the case; `Conflict` when the case moved on, or when somebody wrote the
    next version first. `key` as for `receive`.
    """
    DECLARATIONS.require(act.actor, CREATE, earlier)
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang khai báo."), column="key")])
    one_at_a_time(key)
    mark = sealing.sent_mark(notice.plain())
    if done := Declaration.objects.filter(public_id=key).first():
        if done.sent_mark == mark:
            return done
        raise Conflict(
            _("Phiếu này đã được ghi với nội dung khác. Mở khai báo %(number)s để xem.") % {"number": done.number}
        )
    one_at_a_time(earlier.root)
    if Declaration.objects.filter(supersedes=earlier).exists():
        raise Conflict(_("Khai báo này đã có bản bổ sung mới hơn. Mở bản mới nhất rồi sửa tiếp."))
    if found := blocking(list(rules.check(load_book(), tree.current(), notice, at=act.at))):
        raise Rejected(found)
    # A correction does not move the moment of the first word: lateness is judged by that.
    notice = replace(notice, kind=earlier.kind, notified_at=earlier.notified_at, **_sealed_before(earlier, notice))
    record = build(act, key=key, notice=notice, received_at=act.at, sent_mark=mark)
    record.root, record.version, record.supersedes = earlier.root, earlier.version + 1, earlier
    record.case = earlier.case
    record.stage = Declaration.Stage.FULL if full else Declaration.Stage.QUICK
    DECLARATIONS.require(act.actor, CREATE, record)
    store(record)
    if record.case is not None and case_version is not None:
        _bring_up(act, record.case, case_version, notice)
    return record


def _sealed_before(earlier: Declaration, notice: Notice) -> dict[str, Any]:
    """Who told and what was written down of people, when the new version says nothing of them: never typed twice."""
    kept: dict[str, Any] = {}
    if not notice.reporter:
        kept["reporter"] = Reporter(**sealing.open_(earlier.reporter_sealed, purpose=sealing.REPORTER))
    if not notice.persons:
        sealed = sealing.open_(earlier.persons_sealed, purpose=sealing.PERSONS)
        kept["persons"] = tuple(PersonFacts(**person) for person in sealed.get("persons", ()))
    return kept


def _bring_up(act: Act, case: AccidentCase, version: int, notice: Notice) -> None:
    """Change the case and its victims as far as the notice says something else."""
    case.refresh_from_db()
    if case.version != version:
        raise Conflict(_("Hồ sơ vụ vừa được người khác sửa. Mở lại trang để xem bản mới rồi sửa tiếp."))
    stated = CaseDraft(
        occurred_at=notice.occurred_at, place_id=notice.place_id, establishment_id=notice.establishment_id,
        conclusion=case.conclusion, cause_code=notice.cause_code, injury_agent_code=notice.injury_agent_code,
        property_damage=notice.property_damage, description=notice.description, case_key=case.case_key,
    )  # fmt: skip
    if differs(stated, case):
        case = change_case(act, case=case, version=case.version, changes=stated)
    held = list(case.victims.order_by("position"))
    people: list[VictimDraft] = list(notice.people_drafts())
    for position, person in enumerate(people):
        case.refresh_from_db()
        if position >= len(held):
            add_victim(act, case=case, version=case.version, victim=person)
        elif differs(person, held[position]):
            held[position].case = case
            change_victim(act, victim=held[position], version=case.version, changes=person)
