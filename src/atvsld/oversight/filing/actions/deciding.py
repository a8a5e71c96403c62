"""What the receiving body does with a report: returns it, accepts it, locks it, opens a locked one again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.filing import drafts
from atvsld.oversight.filing.actions.stepping import hold, require_state, step
from atvsld.oversight.filing.models import Filing, Remark
from atvsld.oversight.filing.policy import DECIDE, FILINGS, OWN, SUBMIT, UNLOCK
from atvsld.platform.acts import Act, Conflict, Refused, Rejected, action

LONGEST = 500
State = Filing.State


@action(needs=DECIDE, records="filing:report_filing:returned")
def return_filing(act: Act, *, filing: Filing, version: int, remarks: Mapping[str, str]) -> Filing:
    """Give a report back with what is wrong, by place (`I/1/3`) or of the whole (an empty key)."""
    FILINGS.require(act.actor, DECIDE, filing)
    filing = hold(filing)
    require_state(filing, (State.SUBMITTED, State.ACCEPTED), _("Không trả lại được"))
    said = {key: text.strip() for key, text in remarks.items() if text.strip()}
    if not said:
        message = _("Chưa ghi điều cần sửa.")
        raise Rejected([Problem("no_remark", message, _("Ghi lý do ở ô sai hoặc cho cả báo cáo."), column="remarks")])
    shape = drafts.shape(filing)
    problems = [
        Problem("unknown_cell", _("Biểu mẫu không có ô “%(key)s”.") % {"key": key[:110]}, column=key[:110])
        for key in said
        if key and not shape.knows(key) and not _computed(shape.rows, key)
    ]
    problems += [
        Problem("too_long", _("Lý do dài quá %(limit)s ký tự.") % {"limit": LONGEST}, _("Rút gọn lại."), column=key)
        for key, text in said.items()
        if len(text) > LONGEST
    ]
    if problems:
        raise Rejected(problems)
    step(filing, version, state=State.RETURNED, accepted_at=None, asked_at=None, asked_reason="")
    assert filing.current is not None  # a submitted report has its submission
    Remark.objects.bulk_create(
        Remark(submission=filing.current, key=key, text=text, by_name=act.actor.name[:200], at=act.at)
        for key, text in said.items()
    )
    return filing


def _computed(rows: Mapping[str, Mapping[str, object]], key: str) -> bool:
    """Whether a key names a cell of the form that is computed, not written."""
    table, _slash, rest = key.partition("/")
    return rest.rpartition("/")[0] in rows.get(table, {})


@action(needs=DECIDE, records="filing:report_filing:accepted")
def accept(act: Act, *, filing: Filing, version: int) -> Filing:
    """Take a report in as it stands."""
    FILINGS.require(act.actor, DECIDE, filing)
    filing = hold(filing)
    require_state(filing, (State.SUBMITTED,), _("Không tiếp nhận được"))
    step(filing, version, state=State.ACCEPTED, accepted_at=act.at)
    return filing


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of many reports: taken in, held back for eyes, passed over because they moved on meanwhile."""

    accepted: tuple[Filing, ...]
    held_back: tuple[Filing, ...]
    passed_over: tuple[Filing, ...]


@action(needs=DECIDE, records="filing:report_filing:accepted")
def accept_many(act: Act, *, chosen: Sequence[tuple[Filing, int]]) -> Batch:
    """Take in many reports, each in the version seen. Those that depart from the registers, or explain a check that
    does not hold, are held back: somebody must look at them one by one.
    """
    accepted, held_back, passed_over = [], [], []
    for filing, version in sorted(chosen, key=lambda one: one[0].pk):
        if not FILINGS.decide(act.actor, DECIDE, filing):
            passed_over.append(filing)
            continue
        held = hold(filing)
        if held.state != State.SUBMITTED or held.version != version:
            passed_over.append(held)
        elif needs_eyes(held):
            held_back.append(held)
        else:
            step(held, version, state=State.ACCEPTED, accepted_at=act.at)
            accepted.append(held)
    return Batch(tuple(accepted), tuple(held_back), tuple(passed_over))


@action(needs=DECIDE, records="filing:report_filing:accepted")
def accept_all(act: Act, *, filings: QuerySet[Filing]) -> tuple[int, int]:
    """Take in every waiting report of a selection in one statement; how many, and how many were held back for eyes.

    Those outside the actor's area are passed over. A report somebody else deals with at this moment waits for that
    and is passed over when it no longer waits.
    """
    waiting = FILINGS.restrict(filings.filter(state=State.SUBMITTED), act.actor, DECIDE)
    chosen = Filing.objects.filter(pk__in=waiting.order_by().values("pk")).select_for_update(of=("self",))
    held = list(chosen.order_by("pk").values_list("pk", "current__departures", "current__explained"))
    plain = [pk for pk, departures, explained in held if not departures and not explained]
    accepted = Filing.objects.filter(pk__in=plain, state=State.SUBMITTED).update(
        state=State.ACCEPTED, accepted_at=act.at, version=F("version") + 1
    )
    return accepted, len(held) - len(plain)


def needs_eyes(filing: Filing) -> bool:
    """Whether the counted submission holds departures or explanations."""
    return filing.current is not None and bool(filing.current.departures or filing.current.explained)


@action(needs=DECIDE, records="filing:report_filing:locked")
def lock(act: Act, *, filings: Iterable[Filing]) -> int:
    """Lock accepted reports, as after the report made of them was accepted; how many were locked.

    Those not accepted are passed over: they are not part of what was consolidated. `Refused` when one lies outside
    the actor's area.
    """
    locked = 0
    for filing in sorted(filings, key=lambda one: one.pk):
        if not FILINGS.decide(act.actor, DECIDE, filing):
            raise Refused(_("Báo cáo nằm ngoài phạm vi được giao cho tài khoản."))
        held = hold(filing)
        if held.state == State.ACCEPTED:
            step(held, held.version, state=State.LOCKED, locked_at=act.at)
            locked += 1
    return locked


@action(needs=UNLOCK, records="filing:report_filing:unlocked")
def unlock(act: Act, *, filing: Filing, version: int) -> Filing:
    """Open a locked report again; needs `act.reason`, which history keeps. The report is then an accepted one."""
    FILINGS.require(act.actor, UNLOCK, filing)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do mở khóa."), _("Ghi lý do."), column="reason")])
    filing = hold(filing)
    require_state(filing, (State.LOCKED,), _("Không mở khóa được"))
    step(filing, version, state=State.ACCEPTED, locked_at=None)
    return filing


@action(needs=SUBMIT, records="filing:report_filing:correction_asked")
def ask_correction(act: Act, *, filing: Filing, version: int) -> Filing:
    """The reporter asks for an accepted or locked report to be returned; needs `act.reason`."""
    OWN.require(act.actor, SUBMIT, filing)
    reason = act.reason.strip()
    if not reason or len(reason) > LONGEST:
        message = _("Ghi lý do xin sửa, không quá %(limit)s ký tự.") % {"limit": LONGEST}
        raise Rejected([Problem("no_reason", message, column="reason")])
    filing = hold(filing)
    require_state(filing, (State.ACCEPTED, State.LOCKED), _("Không cần xin sửa"))
    if filing.version != version:
        raise Conflict(_("Báo cáo này vừa được người khác xử lý. Mở lại trang để xem bản mới rồi làm tiếp."))
    step(filing, version, asked_at=act.at, asked_reason=reason)
    return filing
