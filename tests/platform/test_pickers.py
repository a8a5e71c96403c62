"""Long lists one can type into: without scripts a plain control, with them a combobox for keyboard and reader alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django import forms

from atvsld.platform.ui.pickers import PickerField, PickersField, SuggestInput

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

CHOICES = [
    ("", "Chưa rõ"),
    ("Nhóm 1", [("1", "1 – Điện"), ("3.1", "3.1 – Thiết bị áp lực")]),
    ("Nhóm 2", [("10", "10 – Ngã cùng mức, trượt, vấp")]),
]


class Sample(forms.Form):
    agent = PickerField(label="Yếu tố", choices=CHOICES, required=False)
    injuries = PickersField(label="Chấn thương", choices=CHOICES[1:], required=False)
    industry = forms.CharField(label="Ngành", max_length=6, widget=SuggestInput("/goi-y/", include=["version"]))


def test_without_scripts_a_plain_select_and_plain_boxes_remain() -> None:
    drawn = str(Sample()["agent"])
    assert drawn.startswith("<select")
    assert '<option value="3.1">' in drawn
    boxes = str(Sample()["injuries"])
    assert boxes.count('type="checkbox"') == 3
    # The words for scripts are not repeated on every box.
    assert boxes.count("data-search") == 1


def test_what_is_chosen_is_checked_against_the_list_and_nothing_chosen_is_none() -> None:
    form = Sample({"agent": "", "injuries": ["1", "10"], "industry": "4101"})
    assert form.is_valid()
    assert form.cleaned_data == {"agent": None, "injuries": ["1", "10"], "industry": "4101"}
    assert "agent" in Sample({"agent": "77", "industry": "4101"}).errors


def test_suggestions_leave_room_for_a_name_but_only_a_code_is_taken() -> None:
    drawn = str(Sample()["industry"])
    assert "maxlength" not in drawn
    assert 'data-url="/goi-y/"' in drawn
    assert 'data-include="version"' in drawn
    assert "industry" in Sample({"industry": "Trồng lúa"}).errors


@pytest.fixture
def drawn(page: Page) -> Page:
    from django.contrib.staticfiles import finders

    script, look = (finders.find(f"ui/picker.{kind}") for kind in ("js", "css"))
    form = Sample()
    fields = "".join(
        f'<label for="{form[name].id_for_label}">{form[name].label}</label>'
        + str(form[name].as_widget(attrs={"class": "check-list"}))
        for name in ("agent", "injuries")
    )
    page.set_content(f"<html lang=vi><body><form>{fields}<button>Ghi</button></form></body></html>")
    page.add_style_tag(path=str(look))
    page.add_script_tag(path=str(script))
    return page


def test_a_name_is_found_without_tone_marks_and_chosen_by_keyboard(drawn: Page) -> None:
    box = drawn.get_by_role("combobox", name="Yếu tố")
    assert box.get_attribute("aria-expanded") == "false"
    box.fill("dien")
    assert box.get_attribute("aria-expanded") == "true"
    (option,) = drawn.get_by_role("option").all()
    assert option.inner_text() == "1 – Điện"
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Enter")
    assert box.input_value() == "1 – Điện"
    assert drawn.eval_on_selector("select[name=agent]", "one => one.value") == "1"
    assert box.get_attribute("aria-expanded") == "false"


def test_arrows_walk_escape_goes_back_and_emptying_means_nothing_chosen(drawn: Page) -> None:
    box = drawn.get_by_role("combobox", name="Yếu tố")
    box.press("ArrowDown")
    assert [one.inner_text() for one in drawn.get_by_role("option").all()] == [
        "Chưa rõ", "1 – Điện", "3.1 – Thiết bị áp lực", "10 – Ngã cùng mức, trượt, vấp",
    ]  # fmt: skip
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    value = "select[name=agent]", "one => one.value"
    assert drawn.eval_on_selector(*value) == "3.1"
    box.fill("nga")
    box.press("Escape")
    assert box.input_value() == "3.1 – Thiết bị áp lực"
    box.fill("")
    box.press("Tab")
    assert drawn.eval_on_selector(*value) == ""


def test_leaving_with_words_that_fit_one_takes_it_and_with_none_keeps_what_was(drawn: Page) -> None:
    box = drawn.get_by_role("combobox", name="Yếu tố")
    box.fill("ap luc")
    box.press("Tab")
    value = "select[name=agent]", "one => one.value"
    assert drawn.eval_on_selector(*value) == "3.1"
    box.fill("khong co gi")
    box.press("Tab")
    assert drawn.eval_on_selector(*value) == "3.1"
    assert box.input_value() == "3.1 – Thiết bị áp lực"


def test_boxes_are_narrowed_by_typing_but_what_is_ticked_stays_in_sight(drawn: Page) -> None:
    drawn.get_by_role("checkbox", name="10 – Ngã cùng mức, trượt, vấp").check()
    drawn.get_by_role("searchbox").fill("dien")
    shown = [
        one.inner_text().strip() for one in drawn.locator(".check-list label:has(input)").all() if one.is_visible()
    ]
    assert shown == ["1 – Điện", "10 – Ngã cùng mức, trượt, vấp"]
    assert "1" in drawn.get_by_role("status").last.inner_text()


def test_suggestions_of_the_server_are_chosen_by_keyboard_and_leave_the_code(page: Page) -> None:
    from django.contrib.staticfiles import finders

    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html; charset=utf-8", body='<option value="0111">0111 – Trồng lúa</option>')

    page.route("**/goi-y/**", answer)
    form = Sample()["industry"]
    body = f'<form><label for="{form.id_for_label}">Ngành</label>{form}<input name="version" value="2025"></form>'
    page.route(
        "**/trang", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=f"<html><body>{body}")
    )
    page.goto("http://mau.invalid/trang")
    page.add_script_tag(path=str(finders.find("ui/picker.js")))
    box = page.get_by_role("combobox", name="Ngành")
    box.press_sequentially("trong lua")
    page.get_by_role("option", name="0111 – Trồng lúa").wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "0111"
    assert asked[-1].endswith("industry=trong+lua&version=2025")
    assert len(asked) == 1
