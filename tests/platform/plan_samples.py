"""Records of the rooms of the plan, one of each kind, for the pages that show one. All of the plan officer's body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.casework.accidents import scene
from tests.platform import cast

from atvsld.casework.campaigns.models import Campaign, CampaignResult
from atvsld.casework.merits.models import Commendation
from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.workplans.models import HelpRequest, Remark, Task, TaskEvidence, TaskHolding, WorkPlan
from atvsld.oversight.yearly.models import ReportSentence, YearReport
from atvsld.platform.files.facade import keep

PROGRAMME, YEAR = "province-2024", 2026


@dataclass(frozen=True)
class Samples:
    """Values of the parameters by the beginning of a route; the longest that fits counts."""

    by_route: dict[str, dict[str, str]]


def build(land: scene.Land) -> Samples:
    cast.user(land, "plan_officer")
    body = cast.body_of(land, "plan_officer")
    mine = {"body": body, "place": land.province}
    plan = WorkPlan.objects.create(programme=PROGRAMME, year=YEAR, **mine)
    task = Task.objects.create(
        plan=plan, number=1, title="Tập huấn cho y tế cơ sở", starts_on=date(YEAR, 3, 1), ends_on=date(YEAR, 6, 30),
        **mine,
    )  # fmt: skip
    TaskHolding.objects.create(task=task, body=body, since=date(YEAR, 1, 1))
    file = keep(scene.act(), name="bao-cao.pdf", content=b"%PDF-1.7 thu", purpose="workplans")
    proof = TaskEvidence.objects.create(
        task=task, kind="report_paper", file=file, label="Báo cáo kết quả", added_at=scene.NOW
    )
    asked = HelpRequest.objects.create(task=task, to=body, text="Cử người cùng giảng.", asked_at=scene.NOW)
    remark = Remark.objects.create(plan=plan, at=scene.NOW, said_by="Cán bộ", text="Ghi rõ số lớp.")
    line = BudgetLine.objects.create(
        task=task, year=YEAR, source="province", purpose="Mở lớp", estimate=5_000_000, **mine
    )
    report, sentence = _report(mine)
    result = _result(land, mine)
    merit = Commendation.objects.create(
        subject_kind="collective", subject_name="Tổ cơ điện", form=Commendation.Form.values[0],
        level=Commendation.Level.values[0], year=YEAR, achievement="Không để xảy ra tai nạn ba năm liền.", **mine,
    )  # fmt: skip

    def of(record: Any, **more: str) -> dict[str, str]:
        return {"public_id": record.public_id, **more}

    return Samples({
        "ke-hoach/": of(plan),
        "ke-hoach/nhiem-vu/": of(task),
        "ke-hoach/bang-chung/": of(proof),
        "ke-hoach/ho-tro/": of(asked),
        "ke-hoach/gop-y/": of(remark),
        "kinh-phi/": of(line, code=body.code, year=str(YEAR), kind="xlsx", task=task.public_id),
        "bao-cao-ke-hoach/": of(report, kind="docx"),
        "bao-cao-ke-hoach/cau/": of(sentence),
        "chuong-trinh/": {"code": PROGRAMME, "clause": "IV.2.1"},
        "thang-hanh-dong/": of(result.campaign),
        "thang-hanh-dong/ket-qua/": of(result),
        "khen-thuong/": of(merit),
    })  # fmt: skip


def _report(mine: dict[str, Any]) -> tuple[YearReport, ReportSentence]:
    report = YearReport.objects.create(
        programme=PROGRAMME, year=YEAR, kind=YearReport.Kind.BODY, title="Kết quả năm", start=date(YEAR, 1, 1),
        end=date(YEAR, 12, 31), drafted_at=scene.NOW, **mine,
    )  # fmt: skip
    sentence = ReportSentence.objects.create(
        report=report, section=ReportSentence.Section.values[0], position=1, text="Đã ban hành kế hoạch.",
    )  # fmt: skip
    return report, sentence


def _result(land: scene.Land, mine: dict[str, Any]) -> CampaignResult:
    campaign = Campaign.objects.create(
        kind=Campaign.Kind.ACTION_MONTH, year=YEAR, starts_on=date(YEAR, 5, 1), ends_on=date(YEAR, 5, 31),
        opened_at=scene.NOW, body=cast.body_of(land, "plan_officer"), place=land.province,
    )  # fmt: skip
    return CampaignResult.objects.create(campaign=campaign, **mine)
