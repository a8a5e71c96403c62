"""The board and what hangs on it: counted beside a plain tally, quick with many bodies, within everybody's reach."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.oversight.programme.scene import Stage

URL = "/chuong-trinh/theo-doi/?kh=province-2024&nam=2026"


def _evidence(task: Any, *, removed: bool = False, key: str = "none") -> None:
    from tests.casework.accidents import scene

    from atvsld.oversight.workplans.models import TaskEvidence

    TaskEvidence.objects.create(task=task, kind="accident_case", key=key, label="x", added_at=scene.NOW,
                                removed_at=scene.NOW if removed else None)  # fmt: skip


@pytest.fixture
def busy(stage: Stage) -> Stage:
    """Sixty tasks of a department and a commune, some proven by a case, some by one that is gone."""
    from tests.casework.accidents import scene as ground
    from tests.oversight.programme import scene

    dice = random.Random(3)
    case = ground.opened(stage.land)
    for owner, clauses in (
        (stage.builders, ["IV.5.1", "IV.5.2", "IV.6.1", ""]),
        (stage.commune, ["IV.17.1a", "IV.17.2"]),
    ):
        plan = scene.plan_of(owner, state="draft" if owner == stage.commune else "sent")
        for number in range(30):
            state = dice.choice(["planned", "doing", "doing", "done", "stopped"])
            end = max(scene.TODAY + timedelta(days=dice.randint(-40, 200)), date(2026, 1, 6))
            done = {"done_on": date(2026, 2, 1), "percent": 100} if state == "done" else {"percent": 30}
            task = scene.task(
                plan, number, dice.choice(clauses), state=state, ends_on=max(end, date(2026, 1, 6)), **done
            )
            if dice.random() < 0.6:
                _evidence(task, removed=dice.random() < 0.3, key=dice.choice([case.public_id, "0" * 26]))
    return stage


def test_the_board_counts_as_a_plain_tally_does(busy: Stage) -> None:
    from tests.oversight.programme import scene

    from atvsld.casework.accidents.models import AccidentCase
    from atvsld.oversight.programme import facade
    from atvsld.oversight.programme.board import Filter, board
    from atvsld.oversight.workplans.models import Task

    actor = scene.act(busy.standing).actor
    known = set(AccidentCase.objects.values_list("public_id", flat=True))

    def look(task: Any) -> str:
        proven = any(one.removed_at is None and one.key in known for one in task.evidence.all())
        if task.state in ("planned", "doing") and task.ends_on < scene.TODAY:
            return "overdue"
        return "unproven" if task.state in ("doing", "done") and not proven else task.state

    wanted: dict[tuple[str, str], int] = {}
    for task in Task.objects.all():
        wanted[task.clause, look(task)] = wanted.get((task.clause, look(task)), 0) + 1
    found = board(actor, facade.plan("province-2024"), 2026, today=scene.TODAY)
    seen: dict[tuple[str, str], int] = {}
    for line in found.lines:
        for cell in line.cells:
            for name, count in cell.tally.looks.items():
                seen[line.clause.id, str(name)] = seen.get((line.clause.id, str(name)), 0) + count
    for one in found.beside:
        seen["", str(one.look)] = seen.get(("", str(one.look)), 0) + 1
    assert seen == wanted
    assert {str(busy.builders.pk), str(busy.commune.pk)} <= {column.key for column in found.columns}
    late = board(actor, facade.plan("province-2024"), 2026, today=scene.TODAY, asked=Filter(overdue=True))
    assert sum(cell.tally.tasks for line in late.lines for cell in line.cells) == sum(
        count for (clause, name), count in wanted.items() if name == "overdue" and clause
    )
    narrow = Filter(section="IV.5", body=busy.builders.pk)
    only = board(actor, facade.plan("province-2024"), 2026, today=scene.TODAY, asked=narrow)
    assert {line.section.id for line in only.lines} == {"IV.5"}
    assert len(only.columns) == 1
    # Who leads and has nothing yet stands there too.
    idle = next(cell for line in found.lines if line.clause.id == "IV.2.1" for cell in line.cells if cell.leads)
    assert (idle.idle, idle.tasks) == (1, ())


def test_pages_of_following_show_the_same_tasks_and_keep_to_the_reach(busy: Stage, client: Any) -> None:
    from atvsld.oversight.workplans.models import Task

    client.force_login(busy.standing)
    late = client.get(f"{URL}&xem=qua-han")
    today = late.context["request"].now.date()
    assert len(late.context["tasks"]) == Task.objects.filter(state__in=Task.OPEN, ends_on__lt=today).count()
    assert all(one.unproven for one in client.get(f"{URL}&xem=chua-chung-minh").context["tasks"])
    bars = client.get(f"{URL}&xem=tien-do&co-quan={busy.builders.public_id}")
    assert bars.content.decode().count("<rect") >= 30
    missing = {one.body.pk for one in client.get(f"{URL}&xem=chua-ke-hoach").context["missing"]}
    assert missing == {busy.lead.pk, busy.commune.pk}
    assert client.get(f"{URL}&xuat=xlsx").status_code == 200
    clause = client.get("/chuong-trinh/province-2024/noi-dung/IV.17.2/?nam=2026")
    assert clause.status_code == 200
    assert client.get("/chuong-trinh/province-2024/?nam=2026").status_code == 200
    assert client.get("/chuong-trinh/province-2024/noi-dung/XX.1/").status_code == 404
    client.force_login(busy.villager)
    own = client.get(URL).context["board"]
    assert own.whole.tasks == 30
    assert [column.key for column in own.columns] == [str(busy.commune.pk)]


def test_every_figure_of_a_clause_leads_to_its_records_and_no_further(busy: Stage, client: Any) -> None:
    client.force_login(busy.villager)
    page = client.get("/chuong-trinh/province-2024/noi-dung/IV.17.3a/?nam=2026")
    measures = page.context["measures"] if page.status_code == 200 else []
    for url in [figure.url for one in measures for figure in one["figures"] if figure.url]:
        assert client.get(url).status_code in (200, 403), url
    whole = "/chuong-trinh/so-lieu/?cai=incidents&so=all&tu=2026-01-01&den=2026-12-31"
    assert client.get(whole).status_code == 404
    assert client.get(f"{whole}&co-quan={busy.builders.pk}").status_code == 404
    assert client.get(f"{whole}&co-quan={busy.commune.pk}").status_code == 200
    client.force_login(busy.standing)
    assert client.get(f"{whole}&xuat=csv").status_code == 200
    for bad in (
        "?cai=x",
        whole.replace("all", "nothing"),
        f"{whole}&co-quan=1;drop",
        whole.replace("2026-01", "2026-31"),
    ):
        assert client.get(bad if bad.startswith("/") else f"/chuong-trinh/so-lieu/{bad}").status_code == 404


def test_the_standing_body_reminds_once_a_day_and_nobody_else_may(busy: Stage, client: Any) -> None:
    from tests.oversight.programme import scene

    from atvsld.oversight.programme import facade
    from atvsld.oversight.programme.actions import remind
    from atvsld.oversight.programme.actions.reminding import About
    from atvsld.platform.acts import Refused, Rejected
    from atvsld.platform.outbox.facade import Message

    plan = facade.plan("province-2024")
    said = {"about": About.OVERDUE, "programme": plan, "year": 2026}
    told = remind(scene.act(busy.standing), bodies=[busy.builders, busy.commune], **said)
    assert told == {busy.builders.pk: 1, busy.commune.pk: 1}
    remind(scene.act(busy.standing), bodies=[busy.builders], **said)
    assert Message.objects.filter(user=busy.planner).count() == 1
    with pytest.raises(Refused):
        remind(scene.act(busy.planner), bodies=[busy.commune], **said)
    with pytest.raises(Rejected):
        remind(scene.act(busy.standing), bodies=[], **said)
    client.force_login(busy.standing)
    form = client.get("/chuong-trinh/theo-doi/nhac/?kh=province-2024&nam=2026&xem=chua-ke-hoach")
    assert set(form.context["form"].initial["bodies"]) == {str(busy.lead.pk), str(busy.commune.pk)}
    sent = {"bodies": [str(busy.commune.pk)], "text": "Gửi trước thứ Sáu."}
    assert client.post(form.request["PATH_INFO"] + "?" + form.request["QUERY_STRING"], sent).status_code == 302
    assert "thứ Sáu" in Message.objects.filter(user=busy.villager).order_by("-pk")[0].body


def test_the_board_of_a_whole_province_is_quick(stage: Stage, django_assert_max_num_queries: Any) -> None:
    from tests.oversight.programme import scene

    from atvsld.oversight.programme import facade
    from atvsld.oversight.programme.board import COMMUNES, board
    from atvsld.oversight.workplans.models import Task

    dice = random.Random(1)
    plan = facade.plan("province-2024")
    clauses = [clause.id for clause in plan.clauses if clause.binds]
    villages = [scene.body(f"xa-{n}", f"Xã {n}", stage.land.hill, "commune") for n in range(120)]
    for body in [*villages, stage.builders, stage.lead]:
        one = scene.plan_of(body)
        Task.objects.bulk_create(
            Task(plan=one, number=n, clause=dice.choice(clauses), title=f"Việc {n}", body=body, place=body.place,
                 starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 1), state=dice.choice(["planned", "doing"]))
            for n in range(8)
        )  # fmt: skip
    actor = scene.act(stage.standing).actor
    board(actor, plan, 2026, today=scene.TODAY)
    start = time.perf_counter()
    with django_assert_max_num_queries(8):
        found = board(actor, plan, 2026, today=scene.TODAY)
    assert found.whole.tasks == 976
    assert [column.count for column in found.columns if column.key == COMMUNES] == [121]
    assert time.perf_counter() - start < 1.5  # a third of this on an idle machine
