"""The record a commune makes of one severe injury without a labour contract."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.casework.accidents import actions as base
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft, columns, differs
from atvsld.casework.accidents.investigation import seals
from atvsld.casework.accidents.investigation.actions import common
from atvsld.casework.accidents.investigation.drafts import CommuneRecordDraft
from atvsld.casework.accidents.investigation.models import CommuneRecord
from atvsld.casework.accidents.investigation.policy import CHANGE
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.acts import Act, Conflict, action

RECORDING = frozenset({"commune_recording"})


@action(needs=CHANGE, records="accidents:commune_record:written")
def write_commune_record(
    act: Act, *, case: AccidentCase, key: str, version: int, draft: CommuneRecordDraft
) -> CommuneRecord:
    """Write or correct the record. `version` 0 writes the first; the same `key` again gives what it made."""
    common.work_on(act, case, stages=RECORDING)
    made = common.earlier(CommuneRecord, key, case)
    if made is not None and version == 0:
        return made
    common.require_texts(
        draft, recorder=_("Chưa ghi người lập."), news_source=_("Chưa ghi nguồn tin."),
        spot=_("Chưa ghi địa điểm cụ thể."), course=_("Chưa ghi diễn biến."),
    )  # fmt: skip
    common.require_past(act, "news_at", draft.news_at)
    values = common.values_of(draft, "witnesses", "injury_codes") | {
        "injury_codes": list(draft.injury_codes),
        "witnesses_sealed": seals.close(draft.witnesses, seals.WITNESSES),
    }
    held = CommuneRecord.objects.filter(case=case).first()
    if held is None:
        return CommuneRecord.objects.create(public_id=key, case=case, **values)
    if held.completed_at is not None:
        raise Conflict(_("Biên bản ghi nhận đã lập xong nên không sửa được."))
    common.move(held, version, **values)
    return held


@action(needs=CHANGE, records="accidents:commune_record:completed")
def complete_commune_record(act: Act, *, commune_record: CommuneRecord, version: int) -> CommuneRecord:
    """The record is signed: takes the step of the procedure, and the case takes over what it says.

    Doing it again does nothing.
    """
    record = common.work_on(act, commune_record.case, stages=RECORDING)
    commune_record.refresh_from_db()
    if commune_record.completed_at is not None:
        return commune_record
    common.take(act, record, "record_by_commune")
    common.move(commune_record, version, completed_at=act.at)
    _tell_case(act, record, commune_record)
    return commune_record


def _tell_case(act: Act, record: Record, held: CommuneRecord) -> None:
    case = record.case
    case.refresh_from_db()
    stated = CaseDraft(
        occurred_at=case.occurred_at, place_id=case.place_id, establishment_id=case.establishment_id,
        conclusion=case.conclusion, cause_code=held.cause_code or case.cause_code,
        injury_agent_code=held.injury_agent_code or case.injury_agent_code, description=held.course,
        property_damage=case.property_damage if held.property_damage is None else held.property_damage,
        case_key=case.case_key,
    )  # fmt: skip
    if differs(stated, case):
        base.change_case(act, case=case, version=case.version, changes=stated)
        case.refresh_from_db()
    victim = next((one for one in record.victims if one.severity == "severe"), None)
    if victim is None:
        return
    victim.case = case
    stated_by = {name: getattr(victim, name) for name in columns(VictimDraft())}
    for name in ("days_lost", "medical_cost"):
        if getattr(held, name) is not None:
            stated_by[name] = getattr(held, name)
    stated_by["injury_codes"] = tuple(held.injury_codes or victim.injury_codes)
    changes = VictimDraft(**stated_by)
    if differs(changes, victim):
        base.change_victim(act, victim=victim, version=case.version, changes=changes)
