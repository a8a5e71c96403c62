"""An employer of the small province, its yearly accident report, and how tests write into it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.casework.accidents import scene
from tests.casework.accidents.scene import Land

from atvsld.kit.ids import new_ulid
from atvsld.oversight.filing import actions, drafts
from atvsld.oversight.filing.actions import Edit, Saved
from atvsld.oversight.filing.drafts import Draft
from atvsld.oversight.filing.models import DraftEntry, Filing, Submission
from atvsld.platform.acts import Act
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import WorkforceYear

# The scene's own day is 2 March 2026; the report for 2025 was due before 10 January.
PERIOD = "2025"


def stage(land: Land) -> None:
    """The department, and one accident of 2025 with two victims at the mill."""
    department = Body.objects.create(
        code="so-noi-vu-thu", name="Sở Nội vụ Thử", name_folded="so noi vu thu", place=land.province,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    BodyFunction.objects.create(body=department, function="osh_lead", place=land.province, valid_from=date(2020, 1, 1))
    commune = Body.objects.create(
        code="ubnd-song-thu", name="UBND xã Sông Thử", name_folded="ubnd xa song thu", place=land.river,
        valid_from=date(2025, 7, 1),
    )  # fmt: skip
    BodyFunction.objects.create(body=commune, function="commune", place=land.river, valid_from=date(2025, 7, 1))
    WorkforceYear.objects.create(
        establishment=land.mill, year=2025, workers=120, female_workers=50, payroll=9_000_000_000, source="Thử"
    )
    happened(land)


def happened(land: Land, **changes: Any) -> None:
    victims = (
        scene.victim_draft(severity="severe", days_lost=40, occupation_code="81", wage_cost=0, compensation_cost=0),
        scene.victim_draft(name="Trần Thị Thử", sex="female", occupation_code="81", wage_cost=0, compensation_cost=0),
    )
    told = {"occurred_at": datetime(2025, 9, 10, 2, 30, tzinfo=UTC)} | changes
    scene.opened(land, *victims, **told)


def employer(land: Land) -> Act:
    from atvsld.platform.accounts.models import User

    found = User.objects.filter(username="nha.may").first()
    return scene.act(found or scene.person("nha.may", "employer", firm=land.mill))


def officer(*, reason: str = "") -> Act:
    return scene.act(role="province_officer", reason=reason)


def opened(land: Land, act: Act | None = None, *, report: str = "R1", period: str = PERIOD) -> Filing:
    return actions.open_filing(act or employer(land), report=report, period=period, establishment=land.mill)


def fresh(filing: Filing) -> Filing:
    return Filing.objects.select_related("current", "establishment", "body").get(pk=filing.pk)


def draft(filing: Filing) -> Draft:
    return drafts.read(fresh(filing), at=scene.NOW)


def write(filing: Filing, act: Act, **cells: Any) -> Saved:
    """`write(filing, act, **{"I/1/3": "2"})`: over whatever stands there now; a pair gives text and reason."""
    held = dict(DraftEntry.objects.filter(filing=filing).values_list("key", "text"))
    edits = []
    for key, value in cells.items():
        text, reason = value if isinstance(value, tuple) else (value, None)
        edits.append(Edit(key, held.get(key), text, reason))
    return actions.save_cells(act, filing=filing, edits=edits)


def submit(filing: Filing, act: Act, *, key: str = "", reason: str = "", seen: str = "") -> Submission:
    now = fresh(filing)
    return actions.submit(act, filing=now, key=key or new_ulid(), version=now.version, seen=seen, reason=reason)
