"""Two tables, a report on request and a Word form of the demo officer: what people compose themselves."""

from __future__ import annotations

import io

from docx import Document

from atvsld.kit.ids import new_ulid
from atvsld.oversight.composing import actions
from atvsld.oversight.composing.actions import PartDraft
from atvsld.platform.acts import Act

PERIOD = "2025"
_TEXT = (
    "Trong kỳ, trên địa bàn xảy ra {1/total/cases} vụ tai nạn lao động làm {1/total/victims} người bị nạn, "
    "trong đó {1/total/deaths} người chết."
)
_FORM = (
    "Kỳ báo cáo: {{ ky_bao_cao }}. Đơn vị: {{ don_vi }}.",
    "Số người chết vì tai nạn lao động: {{ so_nguoi_chet }} (cùng kỳ năm trước: {{ so_nguoi_chet_nam_truoc }}).",
    "Ý kiến của đơn vị: {{ y_kien }}",
)


def make(act: Act) -> int:
    """Through the same actions as people; how many things were composed."""
    occupational = {"conclusion": ["occupational"]}
    places = actions.save_table(
        act, key=new_ulid(), name="Tai nạn lao động theo xã, phường", measures=["cases", "victims", "deaths", "severe"],
        by="place", conditions=occupational, occurring=True,
    )  # fmt: skip
    falls = actions.save_table(
        act, key=new_ulid(), name="Người chết theo yếu tố gây chấn thương", measures=["deaths"], by="agent",
        conditions={**occupational, "severity": ["fatal"]}, occurring=True,
    )  # fmt: skip
    actions.save_report(
        act,
        key=new_ulid(),
        title="Tình hình tai nạn lao động theo địa bàn",
        period=PERIOD,
        about="Báo cáo theo yêu cầu, ghép từ bảng đã lưu",
        parts=[
            PartDraft("1. Tình hình chung", _TEXT, places, compared=False),
            PartDraft("2. Yếu tố gây chấn thương làm chết người", "", falls, compared=True),
        ],
    )
    form = actions.upload_word_form(
        act, key=new_ulid(), name="Mẫu báo cáo nhanh số người chết", citation="Mẫu thử của tỉnh mẫu",
        file_name="mau-bao-cao-nhanh.docx", content=_word(),
    )  # fmt: skip
    address = f"{falls.code}/1/total/deaths"
    bindings = {"so_nguoi_chet": (address, 0), "so_nguoi_chet_nam_truoc": (address, 1)}
    actions.map_marks(act, form=form, version=form.version, bindings=bindings)
    return 4


def _word() -> bytes:
    made, kept = Document(), io.BytesIO()
    for line in _FORM:
        made.add_paragraph(line)
    made.save(kept)
    return kept.getvalue()
