"""The users' guide: its links lead somewhere, it knows every error of an import, its pictures come from the product.

UPDATE_IMAGES=1 pytest tests/journeys/test_guide.py      takes the pictures anew
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.journeys import pictures, walking

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "huong-dan"
IMAGES = ROOT / "docs" / "images"
PAGES = [*sorted(GUIDE.glob("*.md")), ROOT / "README.md", ROOT / "README.vi.md"]
LARGEST = 120_000
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
# Where a reading of code finds the code of a problem.
CODE = re.compile(
    r"(?:Problem|FileRefused|BadCell|Spoilt|_problem|\.note)\("
    r"\s*(?:raw,\s*|int\(found\[2\]\), _column\(found\[1\]\), )?\"([a-z_]+)\""
)
# Picture → who sees the page, and where it lies; records by the first of a list.
TAKEN = {
    "trang-chu": ("canbo", "/"),
    "dang-nhap": (None, "/tai-khoan/login/"),
    "nhap-tep": ("canbo", "/nhap-du-lieu/"),
    "vu-tai-nan": ("canbo", "/tai-nan/"),
    "ho-so-vu": ("canbo", walking.RECORDS["ho-so-vu"]),
    "bao-cao": ("canbo", "/bao-cao/ND39-XIV/?period=2025"),
    "mo-con-so": ("canbo", "/bao-cao/ND39-XIV/?period=2025"),
    "chi-tieu": ("lanhdao", "/chi-tieu/"),
    "lanh-dao": ("lanhdao", "/lanh-dao/"),
    "ke-hoach-nam": ("canbo", ("/ke-hoach/danh-sach/?year=2026&state=agreed", "/ke-hoach/")),
    "theo-doi-ke-hoach": ("canbo", "/chuong-trinh/theo-doi/?nam=2025&muc=IV"),
    "bao-cao-ke-hoach": ("canbo", walking.RECORDS["mot-bao-cao-ke-hoach"]),
    "kinh-phi": ("canbo", "/kinh-phi/?nam=2026"),
    "dia-ban": ("canbo", ("/dia-ban/?tim=ban+thach", "/dia-ban/")),
    "co-so": ("canbo", walking.RECORDS["ho-so-co-so"]),
    "quan-tri": ("quantri", "/nguoi-dung/"),
}


def test_every_link_of_the_guide_leads_to_a_file():
    dead = [
        f"{page.name}: {target}"
        for page in PAGES
        for target, _anchor in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_every_page_of_the_guide_is_reached_from_its_first_page():
    linked = {target for target, _anchor in LINK.findall((GUIDE / "README.md").read_text(encoding="utf-8"))}
    assert {page.name for page in GUIDE.glob("*.md")} - {"README.md"} <= linked


def test_the_guide_explains_every_error_an_import_can_give():
    source = ROOT / "src" / "atvsld"
    rooms = [source / "platform" / "imports", *source.glob("*/*/intake")]
    files = [path for room in rooms for path in room.rglob("*.py")] + list(source.glob("*/*/intake.py"))
    files.append(source / "registers" / "establishments" / "tax_codes.py")
    given = {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))}
    assert len(given) > 40
    text = (GUIDE / "loi-nhap-tep.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))
    assert given - explained == set(), "thêm vào docs/huong-dan/loi-nhap-tep.md"


def test_the_pictures_of_the_guide_are_small_and_all_used():
    used = {
        (page.parent / target).resolve()
        for page in PAGES
        for target, _anchor in LINK.findall(page.read_text(encoding="utf-8"))
        if target.endswith(".png")
    }
    kept = set(IMAGES.glob("*.png"))
    assert kept == used
    assert [path.name for path in kept if path.stat().st_size > LARGEST] == []


if os.environ.get("UPDATE_IMAGES"):

    @pytest.mark.parametrize("name", TAKEN)
    def test_a_picture_is_taken_anew(window, name):
        who, where = TAKEN[name]
        page = window(who, width=1180)
        page.set_viewport_size({"width": 1180, "height": 740})
        page.goto(where if isinstance(where, str) else walking.first_record(page, *where))
        if name == "mo-con-so":
            page.locator(".paper a[href*='row=']").first.click()
        page.wait_for_load_state("networkidle")
        if name == "bao-cao":
            page.locator(".paper table caption, .paper table").first.scroll_into_view_if_needed()
            page.mouse.wheel(0, 620)
            page.wait_for_timeout(300)
        IMAGES.mkdir(exist_ok=True)
        (IMAGES / f"{name}.png").write_bytes(pictures.small_png(page))
