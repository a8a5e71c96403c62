"""The yearly dialogue of the council as a duty of the standing body, kept in step with the ledger."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.casework.dialogues.council import council_years
from atvsld.casework.dialogues.models import Dialogue
from atvsld.casework.dialogues.policy import CHANGE
from atvsld.kit.periods import Period
from atvsld.platform.acts import Act, action
from atvsld.registers.duties import facade as duties

RULE = "COUNCIL_DIALOGUE"
CONTEXT = "dialogues"


@action(needs=CHANGE, records="dialogues:council:followed")
def follow_year(act: Act) -> None:
    """Owe this year's dialogue where none is on record, discharge it where one is; may be repeated without harm."""
    follow(act)


def follow(act: Act) -> None:
    """The same, as part of the act that recorded or withdrew a dialogue."""
    for one in council_years(act.day, years=1):
        subject = f"{one.body.public_id}-{one.year}"
        owed = duties.of_subject(CONTEXT, subject)
        still = [duty for duty in owed if duty.state == duties.Duty.State.OPEN]
        if one.held:
            for duty in still:
                duties.discharge(act, key=duty.key, at=one.held[0].held_on)
        elif not still:
            # A dialogue withdrawn later leaves its duty done; the year owes another.
            duties.owe(
                act, key=f"dialogues:council:{subject}:{len(owed) + 1}", rule=RULE, context=CONTEXT, subject=subject,
                label=str(_("Hội đồng ATVSLĐ cấp tỉnh, năm %(year)s") % {"year": one.year}),
                url="/doi-thoai/cuoc/?forum=council", place_id=one.body.place_id, body_id=one.body.pk,
                period=Period.parse(str(one.year)),
            )  # fmt: skip


def after(act: Act, record: Dialogue, _done: str) -> None:
    """Whenever a dialogue of the council of this year is entered, changed or withdrawn."""
    council = record.forum == Dialogue.Forum.COUNCIL and record.act == Dialogue.Act.DIALOGUE
    if council and record.held_on.year == act.day.year:
        follow(act)
