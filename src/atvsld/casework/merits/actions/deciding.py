"""What was decided on a proposal, recorded with the answers of the registers on that day."""

from __future__ import annotations

from atvsld.casework.merits import prechecks, rules
from atvsld.casework.merits.actions.proposing import keep_answers, step
from atvsld.casework.merits.drafts import Decided
from atvsld.casework.merits.models import Commendation, CommendationCheck
from atvsld.casework.merits.policy import COMMENDATIONS, DECIDE
from atvsld.platform.acts import Act, Rejected, action, clock
from atvsld.platform.ui.formats_text import said


def _said_before(commendation: Commendation, version: int, decided: Decided) -> bool:
    """Whether this very decision was recorded from the same page."""
    state = Commendation.State.GRANTED if decided.granted else Commendation.State.DECLINED
    same = (commendation.decision_number, commendation.decision_on) == (decided.number.strip(), decided.on)
    return same and commendation.version == version + 1 and commendation.state == state


@action(needs=DECIDE, records="merits:commendation:decided")
def decide(act: Act, *, commendation: Commendation, version: int, decided: Decided) -> Commendation:
    """Record a decision. The conditions are asked again; granting against one not met needs `despite`, kept for good.

    What cannot be told stops nothing and counts as nothing: it is kept as such beside the decision.
    """
    COMMENDATIONS.require(act.actor, DECIDE, commendation)
    if _said_before(commendation, version, decided):
        return commendation  # the second click of one press
    answers = prechecks.ask(commendation, act.day)
    failed = [said(criterion.label) for criterion, answer in answers if answer.verdict == prechecks.Verdict.NOT_MET]
    sent = clock.local_day(commendation.proposed_at) if commendation.proposed_at else act.day
    if problems := list(rules.of_decision(commendation, decided, act.day, sent, failed)):
        raise Rejected(problems)
    state = Commendation.State.GRANTED if decided.granted else Commendation.State.DECLINED
    step(
        commendation, version, state=state, decided_at=act.at, decision_number=decided.number.strip(),
        decision_on=decided.on, decided_by=decided.decided_by.strip(), outcome=decided.outcome.strip(),
        despite=decided.despite.strip() if failed and decided.granted else "",
    )  # fmt: skip
    keep_answers(commendation, CommendationCheck.Moment.DECISION, act.at, answers)
    return commendation
