"""The files of the demo: one for each way the law sends a case. Everything told here is made up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from atvsld.casework.accidents.benefits import actions as benefits
from atvsld.casework.accidents.benefits.reckoning import Facts
from atvsld.platform.acts import Act
from atvsld.project.demo.casework.teller import Ground, Teller, at

Story = Callable[[Act, Ground, Random], Teller]
DOSSIER = (("HS_b", "Sơ đồ hiện trường"), ("HS_c", "Ảnh hiện trường, ảnh nạn nhân"))
INJURIES = ("HS_d", "Biên bản khám nghiệm thương tích")


def fatal_under_way(act: Act, ground: Ground, chance: Random) -> Teller:
    """A death at the demo employer; the provincial team is at work, the police have not answered yet."""
    told = Teller(act, chance, at(11, 9, 10, 5))
    told.told(
        kind="employer", channel="phone", occurred_at=at(11, 9, 9, 20), place_id=ground.employer.place_id,
        establishment_id=ground.employer.pk, injury_agent_code="8", spot="Xưởng cơ khí số 2",
        description="Công nhân sửa mái xưởng rơi từ độ cao khoảng 7 m khi tấm lợp bị vỡ.",
        victims=[told.victim("fatal")],
    )  # fmt: skip
    told.on(11, 9, 10, 40).step("notify_police")
    told.on(11, 9, 11, 30).scene()
    told.on(11, 9, 16).step("send_quick_report").issues("accident-quick-report")
    told.on(11, 10).team("214/QĐ-ĐTTNLĐ").issues("accident-team-province")
    told.on(11, 11, 15).hears("witness", "Hỏi: Anh thấy gì?\nĐáp: Anh ấy bước lên tấm lợp, tấm lợp vỡ.")
    told.keeps(("HS_b", "Sơ đồ hiện trường"), ("HS_c", "Ảnh hiện trường"))
    told.on(11, 12).step("end_joint_phase")
    told.on(11, 16).begins("accident-police-letter")
    return told.on(11, 17).step("send_police_letter")


def two_severe_published(act: Act, ground: Ground, chance: Random) -> Teller:
    """Two badly hurt; the minutes are out, one recommendation is still open."""
    firm = ground.others[0]
    told = Teller(act, chance, at(9, 14, 15))
    told.told(
        kind="employer", channel="page", occurred_at=at(9, 14, 14), place_id=firm.place_id, establishment_id=firm.pk,
        injury_agent_code="3", description="Cẩu tháp hạ tải, cáp trượt làm bó thép rơi trúng hai công nhân.",
        victims=[told.victim("severe", injury_codes=("034",)), told.victim("severe", injury_codes=("024",))],
    )  # fmt: skip
    told.on(9, 14, 16, 30).scene()
    told.on(9, 14, 17).step("send_quick_report")
    told.on(9, 15).team("187/QĐ-ĐTTNLĐ")
    told.on(9, 17).hears("victim", "Hỏi: Ai ra hiệu lệnh?\nĐáp: Không có người ra hiệu.")
    told.on(9, 22).keeps(*DOSSIER, INJURIES)
    told.on(9, 25).minutes(
        property_damage=60_000_000,
        measures=[
            ("Bố trí người ra hiệu cho từng ca cẩu", "Chỉ huy trưởng", date(2026, 10, 15)),
            ("Huấn luyện lại tổ móc cáp", "Giám đốc", date(2026, 12, 15)),
        ],
    )
    told.on(9, 28).publishes(9, 30)
    told.on(10, 2).sends()
    return told.on(10, 5).posts()


def minor_closed(act: Act, ground: Ground, chance: Random) -> Teller:
    """A minor accident that the demo employer investigated in time and closed."""
    told = Teller(act, chance, at(10, 12, 9))
    told.told(
        kind="employer", channel="page", occurred_at=at(10, 12, 8, 15), place_id=ground.employer.place_id,
        establishment_id=ground.employer.pk, injury_agent_code="5",
        description="Đứt tay khi thay lưỡi cắt, máy đã dừng.", victims=[told.victim()],
    )  # fmt: skip
    told.on(10, 12, 10).team("31/QĐ")
    told.on(10, 13).hears("victim", "Hỏi: Có đeo găng không?\nĐáp: Tôi tháo găng để dễ thao tác.")
    told.keeps(*DOSSIER, INJURIES)
    told.on(10, 14).minutes(cause_code="8", fault="worker")
    told.on(10, 14, 14).publishes(10, 15, 9)
    told.on(10, 16).sends().posts()
    return told.on(10, 26).step("follow_up").closes("Trả đủ lương những ngày nghỉ")


def one_severe_late(act: Act, ground: Ground, chance: Random) -> Teller:
    """One badly hurt; the employer extended once and is now past the limit."""
    told = Teller(act, chance, at(10, 26, 11))
    told.told(
        kind="employer", channel="email", occurred_at=at(10, 26, 9, 30), place_id=ground.employer.place_id,
        establishment_id=ground.employer.pk, injury_agent_code="5",
        description="Bàn tay bị kéo vào trục cán khi vệ sinh máy đang chạy.",
        victims=[told.victim("severe", injury_codes=("033",))],
    )  # fmt: skip
    told.on(10, 26, 15).team("33/QĐ")
    told.on(10, 30).step("extend", reason="Chờ kết luận của bệnh viện", days=7, approved_by="Giám đốc công ty")
    told.on(11, 2).hears("witness", "Hỏi: Máy có che chắn không?\nĐáp: Tấm che bị tháo để vệ sinh.")
    return told


def informal_recorded(act: Act, ground: Ground, chance: Random) -> Teller:
    """A worker without contract, badly hurt: the commune made its record and posted it."""
    told = Teller(act, chance, at(10, 5, 17))
    told.told(
        kind="family", channel="in_person", occurred_at=at(10, 5, 15), place_id=ground.commune, labour_relation="none",
        injury_agent_code="8", description="Thợ xây nhà dân trượt chân ngã từ giàn giáo tầng hai.",
        victims=[told.victim("severe", labour_relation="none", injury_codes=("029",), managed=None)],
    )  # fmt: skip
    told.on(10, 6, 9).commune_writes(
        spot="Nhà dân đang xây", task="Xây tường tầng hai", works_for="Chủ nhà thuê theo ngày",
        injury_codes=("029",), witnesses="Hai thợ cùng làm", signatories="UBND cấp xã; gia đình người bị nạn",
    )  # fmt: skip
    return told.on(10, 8).posts()


def informal_fatal(act: Act, ground: Ground, chance: Random) -> Teller:
    """A death without labour contract: the commune passed the word on at once, the province took over."""
    told = Teller(act, chance, at(11, 16, 19))
    told.told(
        kind="family", channel="phone", occurred_at=at(11, 16, 17, 30), place_id=ground.commune,
        labour_relation="none", injury_agent_code="1", description="Điện giật khi bơm nước tưới ruộng.",
        victims=[told.victim("fatal", labour_relation="none", managed=None)],
    )  # fmt: skip
    told.on(11, 16, 19, 15).step("declare", by="commune").step("notify_police")
    told.on(11, 16, 21).scene()
    told.on(11, 17, 8).step("send_quick_report")
    return told.on(11, 18).team("221/QĐ-ĐTTNLĐ")


def commuting(act: Act, ground: Ground, chance: Random) -> Teller:
    """On the way to work, by another's fault: concluded under Điều 39 khoản 2, benefits decided and paid."""
    firm = ground.others[1]
    told = Teller(act, chance, at(9, 3, 8))
    told.told(
        kind="employer", channel="page", occurred_at=at(9, 3, 6, 40), place_id=firm.place_id, establishment_id=firm.pk,
        injury_agent_code="16", description="Đi làm bằng xe máy, bị ô tô tải lấn làn va phải.",
        victims=[told.victim("severe", injury_codes=("043",))],
    )  # fmt: skip
    told.on(9, 3, 14).team("12/QĐ")
    told.on(9, 5).hears("witness", "Hỏi: Ai lấn làn?\nĐáp: Xe tải lấn làn khi vượt.")
    told.keeps(*DOSSIER, INJURIES)
    told.on(9, 8).minutes(
        conclusion="article_39_2", cause_code="9", fault="other",
        conclusion_detail="Hưởng trợ cấp theo khoản 2 Điều 39: đi từ nơi ở đến nơi làm việc, do lỗi của người khác.",
    )  # fmt: skip
    told.on(9, 8, 15).publishes(9, 9)
    told.on(9, 11).sends().posts()
    _allowance(told)
    return told


def _allowance(told: Teller) -> None:
    victim = told.case.victims.get()
    facts = Facts(
        kind="allowance", on=date(2026, 9, 3), impairment=21, salaries=(8_400_000,) * 6, fault="others",
        assessed_on=date(2026, 10, 12), assessment_number="118/GĐYK",
    )  # fmt: skip
    made = benefits.reckon_benefit(told.on(10, 13).act(), key=told.key(), victim=victim, facts=facts)
    made = benefits.decide_benefit(
        told.on(10, 16).act(), benefit=made, version=1, amount=made.reckoned, decided_on=date(2026, 10, 16),
        number="45/QĐ",
    )  # fmt: skip
    benefits.pay_benefit(
        told.on(10, 19).act(), key=told.key(), benefit=made, version=2, amount=made.reckoned,
        paid_on=date(2026, 10, 19), proof="UNC 0412",
    )  # fmt: skip


def late_death(act: Act, ground: Ground, chance: Random) -> Teller:
    """Closed by the employer; the victim died weeks later and the file went up by itself (Điều 22)."""
    firm = ground.others[2]
    told = Teller(act, chance, at(9, 21, 10))
    told.told(
        kind="employer", channel="page", occurred_at=at(9, 21, 9), place_id=firm.place_id, establishment_id=firm.pk,
        injury_agent_code="8", description="Ngã từ thang khi thay bóng đèn nhà xưởng.",
        victims=[told.victim("severe", injury_codes=("011",))],
    )  # fmt: skip
    told.on(9, 21, 14).team("08/QĐ")
    told.on(9, 23).hears("witness", "Hỏi: Thang có người giữ không?\nĐáp: Không có ai giữ.")
    told.keeps(*DOSSIER, INJURIES)
    told.on(9, 25).minutes()
    told.on(9, 25, 15).publishes(9, 26, 8)
    told.on(9, 29).sends().posts()
    told.on(10, 6).step("follow_up").closes("Đang trả chi phí điều trị")
    return told.on(11, 2, 9).dies()


def reinvestigated(act: Act, ground: Ground, chance: Random) -> Teller:
    """A complaint about the employer's minutes; the province investigates again."""
    firm = ground.others[3]
    told = Teller(act, chance, at(9, 7, 10))
    told.told(
        kind="employer", channel="page", occurred_at=at(9, 7, 9), place_id=firm.place_id, establishment_id=firm.pk,
        injury_agent_code="5", description="Ngón tay bị dập khi máy ép đóng bất ngờ.",
        victims=[told.victim("severe", injury_codes=("034",))],
    )  # fmt: skip
    told.on(9, 7, 14).team("19/QĐ")
    told.on(9, 9).hears("victim", "Hỏi: Máy có khóa hai tay không?\nĐáp: Khóa hai tay hỏng từ lâu.")
    told.keeps(*DOSSIER, INJURIES)
    told.on(9, 11).minutes(cause_code="7", fault="worker")
    told.on(9, 11, 15).publishes(9, 14, 8)
    told.on(9, 16).sends().posts()
    told.on(10, 20).step("complain", reason="Người bị nạn cho rằng máy hỏng, không phải do vi phạm quy trình")
    told.on(10, 30).step("reinvestigate", reason="Biên bản chưa làm rõ tình trạng khóa hai tay của máy")
    return told.on(11, 3).team("209/QĐ-ĐTTNLĐ")


def special_field(act: Act, ground: Ground, chance: Random) -> Teller:
    """On a means of transport: investigated under sector law, the province follows."""
    firm = ground.others[4]
    told = Teller(act, chance, at(10, 19, 11))
    told.told(
        kind="employer", channel="fax", occurred_at=at(10, 19, 8), place_id=firm.place_id, establishment_id=firm.pk,
        injury_agent_code="16", description="Thuyền viên rơi xuống nước khi buộc dây neo.",
        victims=[told.victim("fatal")],
    )  # fmt: skip
    return told.on(10, 20).step("set_special_field", reason="Tai nạn trên phương tiện đường thủy", field="transport")


def with_the_police(act: Act, ground: Ground, chance: Random) -> Teller:
    """Signs of a crime: the investigation stands still until the police conclude."""
    firm = ground.others[5]
    told = Teller(act, chance, at(10, 1, 9))
    told.told(
        kind="employer", channel="phone", occurred_at=at(10, 1, 8, 10), place_id=firm.place_id,
        establishment_id=firm.pk, injury_agent_code="12", description="Nổ bình chịu áp lực chưa kiểm định.",
        victims=[told.victim("fatal"), told.victim("severe", injury_codes=("052",))],
    )  # fmt: skip
    told.on(10, 1, 9, 20).step("notify_police")
    told.on(10, 1, 10, 30).scene()
    told.on(10, 1, 15).step("send_quick_report")
    told.on(10, 2).team("198/QĐ-ĐTTNLĐ")
    return told.on(10, 8).step("hand_to_police", reason="Cơ quan Cảnh sát điều tra thụ lý hồ sơ")


def not_occupational(act: Act, ground: Ground, chance: Random) -> Teller:
    """Investigated and found not to be an accident at work: a conclusion, not a deletion."""
    firm = ground.others[6]
    told = Teller(act, chance, at(10, 21, 10))
    told.told(
        kind="employer", channel="page", occurred_at=at(10, 21, 9), place_id=firm.place_id, establishment_id=firm.pk,
        injury_agent_code="17", description="Công nhân ngất do bệnh lý có từ trước trong giờ nghỉ.",
        victims=[told.victim()],
    )  # fmt: skip
    told.on(10, 21, 14).team("27/QĐ")
    told.on(10, 22).hears("victim", "Hỏi: Trước đó có làm việc nặng không?\nĐáp: Tôi đang nghỉ, chưa vào ca.")
    told.keeps(*DOSSIER, INJURIES)
    told.on(10, 23).minutes(
        conclusion="not_occupational", fault="other", cause_code="9",
        conclusion_detail="Không phải tai nạn lao động: không gắn với việc thực hiện công việc.",
    )  # fmt: skip
    told.on(10, 23, 15).publishes(10, 24, 8)
    return told.on(10, 27).sends().posts()


ALL: tuple[Story, ...] = (
    fatal_under_way,
    two_severe_published,
    minor_closed,
    one_severe_late,
    informal_recorded,
    informal_fatal,
    commuting,
    late_death,
    reinvestigated,
    special_field,
    with_the_police,
    not_occupational,
)
