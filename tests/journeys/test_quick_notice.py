"""The quick notice on a telephone: six answers open the case, and the full declaration asks for none of them again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from tests.journeys import walking

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A slow thumb: seconds to find and touch a place, seconds for each letter. The limit is that of the first notice.
TOUCH, LETTER, LIMIT = 3.0, 0.4, 120
SENTENCE = "Trượt ngã ở sàn tầng 2, gãy tay phải."
OFFICER = {
    "place_code": ("choose", None), "establishment_tax_code": ("type", "Công ty"), "severe": ("type", "1"),
    "description": ("type", SENTENCE), "reporter_name": ("type", "Người Báo Thử"),
    "reporter_phone": ("type", "0900000000"),
}  # fmt: skip
EMPLOYER = {"severe": ("type", "1"), "description": ("type", SENTENCE)}


@dataclass
class Thumb:
    """One person's thumb on one page; counts what it does, and how long the machine keeps it waiting."""

    page: Page
    touches: int = 0
    letters: int = 0
    waited: float = 0
    answers: dict[str, str] = field(default_factory=dict)

    def follow(self, act: Callable[[], object], address: str) -> None:
        """A touch that leads to another page."""
        self.touches += 1
        began = time.monotonic()
        act()
        self.page.wait_for_url(address)
        self.page.wait_for_load_state()
        self.waited += time.monotonic() - began

    def answer(self, name: str, how: str, text: str | None) -> None:
        held = self.page.locator(f"[name={name}]")
        assert held.is_visible(), f"{name} không thấy trên màn hình điện thoại"
        self.touches += 1
        if how == "choose":
            self.touches += 1
            held.select_option(index=1)
        else:
            assert text is not None
            self.letters += len(text)
            held.fill(text)
        self.answers[name] = held.input_value()

    @property
    def seconds(self) -> float:
        return self.touches * TOUCH + self.letters * LETTER + self.waited


@pytest.mark.parametrize(("who", "told"), [("canbo", OFFICER), ("doanhnghiep", EMPLOYER)])
def test_six_answers_open_the_case_within_two_minutes_and_are_never_asked_again(
    window: Callable[..., Page], who: str, told: dict[str, tuple[str, str | None]]
):
    page = window(who, width=360)
    page.goto("/khai-bao/")
    thumb = Thumb(page)
    thumb.follow(page.get_by_role("link", name="Khai báo tai nạn").first.click, "**/khai-bao/moi/")
    assert page.locator("details:not([open]) [name=kind]").count() == 1, "loại tin, hình thức, giờ báo gập lại"
    for name, (how, text) in told.items():
        thumb.answer(name, how, text)
    assert len(thumb.answers) <= 6
    thumb.follow(page.get_by_role("button", name="Gửi tin báo").last.click, lambda url: "/moi/" not in url)  # type: ignore[arg-type]
    assert page.get_by_role("link", name="TN-2026-").first.is_visible(), "hồ sơ đã mở"
    print(  # noqa: T201 - what was counted is to be read with -s
        f"\n{who}: {len(thumb.answers)} ô, {thumb.touches} lần chạm, {thumb.letters} chữ, máy {thumb.waited:.1f} giây, "
        f"cả thảy khoảng {thumb.seconds:.0f} giây"
    )  # fmt: skip
    assert thumb.seconds < LIMIT
    asks_nothing_twice(thumb)
    assert walking.faults_of(page) == []


def asks_nothing_twice(thumb: Thumb) -> None:
    """Each answer stands in the full declaration, or has no place to be given again."""
    page = thumb.page
    page.get_by_role("link", name="Khai báo đầy đủ").first.click()
    page.wait_for_url("**/day-du/")
    known = ("occurred_at", "place_code", "description")
    assert all(page.locator(f"[name={name}]").input_value() for name in known)
    for name, said in thumb.answers.items():
        again = page.locator(f"[name={name}]")
        assert again.count() == 0 or again.input_value() == said, f"{name} phải ghi lại"
    assert page.locator("[name=nguoi1-severity]").input_value() == "severe"
    assert page.locator("[name=nguoi2-severity]").count() == 0
    assert page.locator("[name=declarer]").get_attribute("required") is None
    assert walking.too_wide(page) == []
