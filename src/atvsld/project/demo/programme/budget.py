"""Money of the demo's tasks: estimates, decisions, contracts, vouchers of 2025 and 2026. Invented throughout.

Most is given about what it asked for; some is cut with its reason, one joint task is counted once, another looks
counted twice, a few estimates are still being made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from ulid import ULID

from atvsld.oversight.budget import actions
from atvsld.oversight.budget.drafts import AllocationDraft, CommitmentDraft, LineDraft, PaymentDraft
from atvsld.oversight.budget.models import BudgetLine
from atvsld.oversight.workplans.facade import Task
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import TODAY, Cast
from atvsld.registers.bodies.models import Body

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MILLION = 1_000_000
# Tasks with money: of departments each year, of communes, of establishments.
MANY, FEW = (10, 4, 2), (3, 1, 1)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a kind of task costs, in million đồng, and who is paid under a contract."""

    purpose: str
    basis: str
    least: int
    most: int
    partner: str = ""


COSTS = {
    "classes": Cost("Thuê giảng viên, hội trường, tài liệu các lớp huấn luyện", "theo số lớp và số người", 40, 160,
                    "Trung tâm Huấn luyện Kỹ thuật an toàn miền Trung (tên mẫu)"),
    "outreach": Cost("Hội nghị, tờ rơi, pa nô tuyên truyền", "4 đợt trong năm", 15, 60,
                     "Công ty In Sông Thu (tên mẫu)"),
    "press_items": Cost("Sản xuất chuyên mục, phóng sự", "12 số, mỗi số 3.500.000 đồng", 30, 60,
                        "Trung tâm Truyền thông (tên mẫu)"),
    "campaign": Cost("Lễ phát động, hội thi, thăm tặng quà gia đình người bị nạn", "theo kế hoạch Tháng hành động", 60,
                     180, "Công ty Sự kiện Hàn Giang (tên mẫu)"),
    "reports_in_time": Cost("In biểu mẫu, tập huấn ghi chép và báo cáo tai nạn", "2 đợt", 10, 35),
    "directions": Cost("Hội nghị triển khai, in văn bản hướng dẫn", "1 hội nghị", 8, 25),
    "plans_issued": Cost("Hội nghị xây dựng kế hoạch năm", "1 hội nghị", 5, 15),
    "supervision": Cost("Công tác phí đoàn giám sát", "4 cuộc", 10, 30),
    "good_models": Cost("Hỗ trợ xây dựng mô hình điểm", "2 mô hình", 30, 80),
    "commendations": Cost("Tiền thưởng kèm danh hiệu khen thưởng", "theo mức quy định", 10, 40),
    "dialogues": Cost("Tổ chức đối thoại với người lao động", "2 cuộc", 10, 25),
    "database": Cost("Máy tính, tập huấn sử dụng phần mềm cho cấp xã", "theo số xã", 60, 150,
                     "Công ty Tin học Ngũ Hành (tên mẫu)"),
    "self_checks": Cost("In sổ tay tự kiểm tra, hướng dẫn cơ sở", "500 cuốn", 15, 35),
    "establishments_at_risk": Cost("Khảo sát, lập danh sách cơ sở nguy cơ cao", "60 cơ sở", 20, 50),
    "workers_examined": Cost("Khám sức khỏe định kỳ người lao động", "350.000 đồng một người", 40, 140,
                             "Phòng khám Đa khoa Thu Bồn (tên mẫu)"),
    "checks": Cost("Công tác phí, thuê xe đoàn kiểm tra", "25 cuộc, mỗi cuộc 1.600.000 đồng", 20, 60),
    "workers_screened": Cost("Khám phát hiện bệnh nghề nghiệp cho lao động khó khăn", "450.000 đồng một người", 45, 130,
                             "Bệnh viện Phổi (tên mẫu)"),
    "establishments_monitored": Cost("Quan trắc mẫu đối chứng môi trường lao động", "30 cơ sở", 50, 120,
                                     "Trung tâm Kiểm soát bệnh tật (tên mẫu)"),
    "equipment_inspected": Cost("Phí kiểm định nồi hơi, thiết bị nâng", "theo biểu phí", 15, 70,
                                "Trung tâm Kiểm định 2 (tên mẫu)"),
}  # fmt: skip
USUAL = Cost("Họp, khảo sát, văn phòng phẩm", "chi thường xuyên", 5, 25)
REASONS = ("Cắt giảm theo khả năng cân đối ngân sách.", "Giảm 10% tiết kiệm chi thường xuyên.", "Giao đợt 1.")


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many lines were made."""
    departments, communes, firms = FEW if cast.small else MANY
    maker = Maker(act, chance)
    tasks = Task.objects.select_related("plan", "body", "establishment").order_by("plan", "number")
    bodies = [body.pk for body in cast.communes]
    for year in (2025, 2026):
        of_year = tasks.filter(plan__year=year)
        own = list(of_year.filter(plan__body__isnull=False, measure__in=COSTS).exclude(plan__body__in=bodies))
        chosen = chance.sample(own, min(departments, len(own)))
        local = list(of_year.filter(plan__body__in=bodies))
        chosen += chance.sample(local, min(communes, len(local)))
        hired = list(of_year.filter(establishment__isnull=False))
        chosen += chance.sample(hired, min(firms, len(hired)))
        for task in sorted(chosen, key=lambda task: task.pk):
            maker.money(task, year)
    maker.shared(tasks.filter(plan__year=2026, supports__body=cast.standing).exclude(body=cast.standing))
    for year in (2025, 2026):
        actions.consolidate(maker.on(date(year, 2, 2)), year=year)
    return BudgetLine.objects.count()


@dataclass
class Maker:
    """Makes money for tasks; every draw from its own chance."""

    act: Act
    chance: Random

    def on(self, day: date) -> Act:
        """The act as it is done on a day."""
        return replace(self.act, at=datetime.combine(day, time(9, self.chance.randint(0, 59)), VIETNAM))

    def key(self, day: date) -> str:
        """A key that follows from the day and the chance alone."""
        stamp = round(datetime.combine(day, time(8), VIETNAM).timestamp() * 1000)
        return str(ULID.from_bytes(stamp.to_bytes(6, "big") + self.chance.randbytes(10)))

    def line(self, task: Task, year: int, source: str, *, body: Body | None = None, **more: object) -> BudgetLine:
        """An estimate, entered in the autumn before or when the plan was made."""
        cost = COSTS.get(task.measure, USUAL)
        day = max(date(year, 1, 20), task.starts_on)
        given = {
            "year": year, "source": source, "purpose": cost.purpose, "basis": cost.basis,
            "estimate": self.chance.randint(cost.least, cost.most) * MILLION,
        }  # fmt: skip
        draft = LineDraft(**(given | more))  # type: ignore[arg-type]
        return actions.add_line(self.on(day), key=self.key(day), task=task, draft=draft, body=body)

    def money(self, task: Task, year: int) -> None:
        """One task's line with what came of it until today; a few are still being made."""
        made = self.line(task, year, self._source(task, year))
        if year == TODAY.year and self.chance.random() < 0.1:
            return
        actions.propose(self.on(max(date(year, 1, 22), task.starts_on)), lines=[made])
        begun = max(date(year, 2, 10), task.starts_on)
        whole = int(made.estimate)
        share = self.chance.choice((1, 1, 1, 0.9, 0.75))
        amount = round(whole * share / MILLION) * MILLION
        draft = AllocationDraft(
            number=f"{self.chance.randint(120, 990)}/QĐ-UBND", day=begun, amount=amount,
            note="" if amount == whole else self.chance.choice(REASONS),
        )  # fmt: skip
        actions.allocate(self.on(begun), line=made, version=self._version(made), draft=draft)
        self._spend(made, task, begun, amount)

    def _spend(self, line: BudgetLine, task: Task, begun: date, amount: int) -> None:
        last = min(TODAY - timedelta(days=1), task.ends_on, date(line.year, 12, 28))
        days = sorted(begun + timedelta(days=self.chance.randint(1, max(1, (last - begun).days))) for _n in range(3))
        days = [day for day in days if day <= last]
        partner, contract, left = COSTS.get(task.measure, USUAL).partner, "", amount
        if partner and days:
            worth = round(amount * 0.8 / MILLION) * MILLION
            draft = CommitmentDraft(
                number=f"{self.chance.randint(3, 90):02}/HĐ", partner=partner, day=days[0], amount=worth
            )
            contract = actions.commit(self.on(days[0]), line=line, version=self._version(line), draft=draft).public_id
            left = worth
        for number, day in enumerate(days[1:], start=1):
            part = round(left * self.chance.uniform(0.3, 0.5) / 1000) * 1000
            voucher = PaymentDraft(number=f"UNC-{line.pk:04}-{number}", day=day, amount=part, commitment=contract)
            actions.pay(self.on(day), line=line, version=self._version(line), draft=voucher)

    def shared(self, tasks: QuerySet[Task]) -> None:
        """Joint tasks: in the first the second body counts in the payer's line, in the second both count."""
        for at, task in enumerate(tasks[:2]):
            helper = task.supports.select_related("body").first()
            if task.body is None or helper is None:
                continue
            main = self.line(task, 2026, "province", purpose="Mở lớp chung cho hai đơn vị", estimate=48 * MILLION)
            other = self.line(
                task, 2026, "province", body=helper.body, purpose="Phần phối hợp mở lớp chung", estimate=48 * MILLION,
                counted_in="" if at else main.public_id,
            )  # fmt: skip
            day = max(date(2026, 1, 28), task.starts_on)
            actions.propose(self.on(day), lines=[main, other])

    def _source(self, task: Task, year: int) -> str:
        if task.establishment_id is not None:
            return BudgetLine.Source.ENTERPRISE
        if task.plan.body is not None and task.plan.body.place.level in {"district", "commune"}:
            if task.plan.body.place.level == "district":
                return BudgetLine.Source.DISTRICT if year == 2025 else BudgetLine.Source.PROVINCE
            return BudgetLine.Source.COMMUNE
        return self.chance.choices(
            (BudgetLine.Source.PROVINCE, BudgetLine.Source.CENTRAL, BudgetLine.Source.SOCIAL,
             BudgetLine.Source.INSURANCE_FUND), (7, 1, 1, 1),
        )[0]  # fmt: skip

    def _version(self, line: BudgetLine) -> int:
        line.refresh_from_db(fields=["version"])
        return line.version
