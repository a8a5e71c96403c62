"""Three technical incidents: one that killed an outsider, one on a building site, one still to be judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ulid import ULID

from atvsld.casework.incidents import actions
from atvsld.casework.incidents.drafts import IncidentDraft
from atvsld.platform.acts import Act
from atvsld.project.demo.casework.teller import Ground, at


def make(act: Act, ground: Ground) -> int:
    """Write the incidents within the caller's act; how many."""
    told = (
        IncidentDraft(
            occurred_at=at(8, 18, 13, 40), known_at=at(8, 18, 13, 50), received_at=at(8, 18, 15),
            place_id=ground.others[0].place_id, establishment_id=ground.others[0].pk, object_kind="equipment",
            object_name="Cần trục tháp", object_number="CT-0417", sector_law="construction",
            description="Cần trục nghiêng khi gió giật, không có người bị nạn.", damage=180_000_000,
            measures="Dừng thi công, cô lập khu vực, kiểm định lại.",
        ),
        IncidentDraft(
            occurred_at=at(10, 7, 22), known_at=at(10, 7, 22, 10), received_at=at(10, 7, 23, 30),
            place_id=ground.employer.place_id, establishment_id=ground.employer.pk, object_kind="equipment",
            object_name="Nồi hơi 2 tấn/giờ", object_number="NH-2019-031",
            description="Vỡ ống sinh hơi, hơi nóng thoát ra lối đi làm một khách đến giao hàng tử vong.",
            outsiders_dead=1, damage=320_000_000, measures="Ngừng nồi hơi, sơ tán xưởng.",
        ),
        IncidentDraft(
            occurred_at=at(11, 12, 9), known_at=at(11, 12, 9), received_at=at(11, 12, 10),
            place_id=ground.others[1].place_id, establishment_id=ground.others[1].pk, object_kind="substance",
            object_name="Khí amoniac", description="Rò rỉ amoniac từ hệ thống lạnh, phải sơ tán hai xưởng lân cận.",
            many_places=True, casualties_unclear=True,
        ),
    )  # fmt: skip
    made = []
    for number, draft in enumerate(told):
        moment = draft.received_at
        assert moment is not None
        key = str(ULID.from_bytes(int(moment.timestamp() * 1000).to_bytes(6, "big") + bytes([number]) * 10))
        made.append(actions.report_incident(replace(act, at=moment), key=key, draft=draft))
    crane, boiler, _gas = made
    actions.note_notice(replace(act, at=at(8, 18, 15)), incident=crane, rule="INC_CONSTRUCTION", at=at(8, 18, 14, 30))
    actions.judge_incident(
        replace(act, at=at(8, 25)), incident=crane, version=1, serious=False, reason="Xử lý xong trong công trường"
    )
    actions.close_incident(
        replace(act, at=at(9, 4)), incident=crane, version=2, closed_on=date(2026, 9, 4),
        result="Nguyên nhân: móng cần trục lún. Đã gia cố và kiểm định lại.",
    )  # fmt: skip
    for rule in ("INC_STATE", "INC_POLICE"):
        actions.note_notice(replace(act, at=at(10, 7, 23, 30)), incident=boiler, rule=rule, at=at(10, 7, 22, 45))
    actions.judge_incident(
        replace(act, at=at(10, 8)), incident=boiler, version=1, serious=False, reason="Khống chế trong phạm vi xưởng"
    )
    return len(made)
