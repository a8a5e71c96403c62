"""Walking one accident file in a browser: filling the real forms by the names of their fields, and looking."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import TYPE_CHECKING, Any

from tests import browser as chromium
from tests.journeys import walking

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAPER = {"name": "giay-to.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n% giay to thu\n%%EOF\n"}
CASE = re.compile(r"/tai-nan/(\w{26})/")


def fill(page: Page, values: Mapping[str, Any]) -> None:
    """Write values into the fields of these names: text, a choice, several choices, a tick or a file."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']:not([type=hidden])")
        if isinstance(value, bool):
            field.set_checked(value)
        elif isinstance(value, dict):
            field.set_input_files(value)
        elif field.first.get_attribute("type") == "checkbox":
            _ticked(page, name, value)
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def _ticked(page: Page, name: str, codes: tuple[str, ...]) -> None:
    """Tick the codes of a list that stands folded."""
    for code in codes:
        box = page.locator(f"main [name='{name}'][value='{code}']")
        box.evaluate("one => { const fold = one.closest('details'); if (fold) fold.open = true; }")
        box.check()


def submit(page: Page) -> None:
    """Press the form's own button; a refused form fails the walk with what it says."""
    before = page.url
    page.locator("main form button.btn-primary[type=submit]").last.click()
    page.wait_for_load_state("domcontentloaded")
    if page.url == before or page.locator("main .form-error, main .error-summary").count():
        told = page.locator("main").inner_text()
        raise AssertionError(f"{before} không nhận: {told[:1500]}")


def rows(page: Page, prefix: str, column: str) -> int:
    """How many rows a table of a form offers."""
    return page.locator(f"main [name^='{prefix}-'][name$='-{column}']").count()


class Walk:
    """One account at one file."""

    def __init__(self, page: Page, case: str = "") -> None:
        self.page, self.case = page, case

    @property
    def path(self) -> str:
        return f"/tai-nan/{self.case}/"

    def look(self) -> Page:
        """The page of the case."""
        self.page.goto(self.path)
        return self.page

    def desk(self) -> Page:
        """The page of its investigation."""
        self.page.goto(f"{self.path}dieu-tra/")
        return self.page

    def form(self, where: str, values: Mapping[str, Any] | Callable[[Page], Mapping[str, Any]]) -> None:
        """Open a form under the case, fill it, send it."""
        answer = self.page.goto(f"{self.path}{where}")
        assert answer is not None
        assert answer.status == 200, f"{where}: {answer.status}"
        fill(self.page, values(self.page) if callable(values) else values)
        submit(self.page)

    def press(self, name: str) -> None:
        """A button of the page of the investigation."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state("domcontentloaded")
        title = self.page.get_by_role("heading", level=1).inner_text()
        assert title != "Chưa làm được", self.page.locator("main").inner_text()

    def step(self, name: str, **values: Any) -> None:
        """A step of the procedure."""
        self.form(f"trinh-tu/{name}/", values)

    # ---- the first word ---------------------------------------------------------------------------
    def tells(self, **values: Any) -> None:
        """The quick notice, up to the file it opens."""
        self.page.goto("/khai-bao/moi/")
        self.page.locator("main form details").last.evaluate("one => { one.open = true; }")
        fill(self.page, values)
        self.page.get_by_role("button", name="Gửi tin báo").last.click()
        if self.page.locator("#nghi-trung").count():  # asked whether it is known already: "no, another one" stands
            self.page.get_by_role("button", name="Gửi tin báo").last.click()
        self.page.wait_for_url(re.compile(r"/khai-bao/\w{26}/"))
        self.declaration = self.page.url
        link = self.page.locator("main a[href^='/tai-nan/']").first.get_attribute("href") or ""
        found = CASE.search(link)
        assert found, "tin báo không mở hồ sơ"
        self.case = found[1]

    def declares(self, values: Mapping[str, Any], *people: Mapping[str, Any]) -> None:
        """The full declaration, which inherits the quick one."""
        self.page.goto(f"{self.declaration}day-du/")
        fill(self.page, values)
        for number, person in enumerate(people):
            prefix = people_prefix(self.page, number)
            fill(self.page, {f"{prefix}{name}": value for name, value in person.items()})
        submit(self.page)


def people_prefix(page: Page, number: int) -> str:
    names = page.locator("main [name$='labour_relation']").evaluate_all("all => all.map(one => one.name)")
    return str(names[number]).removesuffix("labour_relation")


def sheet(page: Page, prefix: str, key: str, filled: Callable[[int], Mapping[str, Any]]) -> dict[str, Any]:
    """What is written into every row of a table whose column `key` the law has filled already."""
    found: dict[str, Any] = {}
    for number in range(rows(page, prefix, key)):
        if page.locator(f"main [name='{prefix}-{number}-{key}']").input_value():
            found |= {f"{prefix}-{number}-{name}": value for name, value in filled(number).items()}
    return found


def hidden_part(page: Page) -> str:
    """What the fields of the first victim's part of the minutes begin with."""
    name = page.locator("main [name$='-severity']").first.get_attribute("name") or ""
    return name.removesuffix("severity")


def sound(page: Page, name: str) -> None:
    """The page at a desk and on a telephone: nothing sticks out, nothing unreadable, no script failed."""
    chromium.shoot(page, f"{name}-1366")
    assert chromium.accessibility_faults(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    chromium.shoot(page, f"{name}-360")
    assert walking.too_wide(page) == []
    page.set_viewport_size({"width": 1366, "height": 850})
    assert walking.faults_of(page) == []


# ---- what other walks have walked already, told through the actions -------------------------------
def firm() -> Any:
    """The demo employer."""
    from atvsld.registers.offices.models import Office

    return Office.objects.get(role="employer").establishment


def teller(month: int, day: int, hour: int = 9) -> Any:
    """One who tells a file through the actions, beginning at this moment of 2026."""
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions
    from atvsld.platform.acts import Act, Channel
    from atvsld.project.demo.casework.teller import Teller, at

    act = Act(actor=system_actor("Người đi thử", all_permissions()), channel=Channel.CLI, reason="Đi thử hồ sơ")
    return Teller(act, Random(month * 1000 + day * 30 + hour), at(month, day, hour))


def told_by_the_employer(
    month: int, day: int, *, description: str, severity: str = "severe", codes: tuple[str, ...] = ("034",)
) -> Any:
    """Declared with everybody hurt, the team at work, the dossier filled; minutes are not begun."""
    from atvsld.project.demo.casework.stories import DOSSIER, INJURIES

    told, where = teller(month, day, 10), firm()
    told.told(
        kind="employer", channel="page", occurred_at=told.now.replace(hour=9), place_id=where.place_id,
        establishment_id=where.pk, injury_agent_code="5", description=description,
        victims=[told.victim(severity, injury_codes=codes)],
    )  # fmt: skip
    told.on(month, day, 14).team("41/QĐ")
    told.on(month, day + 1).hears("victim", "Hỏi: Máy có khóa không?\nĐáp: Khóa hỏng từ lâu.")
    return told.keeps(*DOSSIER, INJURIES)


def published_by_the_employer(month: int, day: int, **known: Any) -> Any:
    """The same up to the minutes in force, sent and posted."""
    told = told_by_the_employer(month, day, **known)
    told.on(month, day + 2).minutes(cause_code="7", fault="worker")
    told.on(month, day + 2, 14).publishes(month, day + 3, 9)
    return told.on(month, day + 4).sends().posts()
