"""The first wording of a notice, in our own words, and the phrases that stand for more than a number."""

from __future__ import annotations

from collections.abc import Mapping

from atvsld.kit.periods import Period
from atvsld.kit.text import format_number
from atvsld.oversight.publication.editions import LEADING
from atvsld.oversight.publication.figures import Figure
from atvsld.oversight.publication.tables import PublicTable

_HANDED_IN = """\
Theo báo cáo của {co_so_da_bao_cao} trên {co_so_phai_bao_cao} cơ sở và {xa_da_bao_cao} trên {xa_phai_bao_cao} xã, \
phường, đặc khu phải báo cáo, cùng hồ sơ tai nạn của tỉnh"""
_RECORDED = "Theo hồ sơ tai nạn của {co_so} cơ sở và của Ủy ban nhân dân cấp xã"
_GENERAL = """\
%(basis)s, trong {ky}, {tinh} xảy ra {so_vu} vụ tai nạn lao động ({so_vu_bien_dong} so với {ky_truoc}), làm \
{so_nguoi} người bị nạn ({so_nguoi_bien_dong}).
Trong đó có {so_vu_chet} vụ chết người ({so_vu_chet_bien_dong}), làm {so_chet} người chết ({so_chet_bien_dong})."""
_FURTHER = {
    "so_nang": "Số người bị thương nặng",
    "so_nu": "Số người bị nạn là nữ",
    "so_vu_nhieu": "Số vụ có từ hai người bị nạn trở lên",
}
_PENDING = "Còn {vu_cho_ket_luan} vụ chưa có kết luận, chưa tính vào các số trên."
_REVISED = "Thông báo này thay thế lần công bố trước; các số đã thay đổi được liệt kê ở phần cuối."
_SECTOR = """\
%(words)s: {%(mark)sso_vu} vụ ({%(mark)sso_vu_bien_dong}), {%(mark)sso_nguoi} người bị nạn \
({%(mark)sso_nguoi_bien_dong}); {%(mark)sso_vu_chet} vụ chết người ({%(mark)sso_vu_chet_bien_dong}), {%(mark)sso_chet} \
người chết ({%(mark)sso_chet_bien_dong})."""
_SECTORS = {
    "hd_": "Khu vực có quan hệ lao động",
    "khd_": "Khu vực người lao động làm việc không theo hợp đồng lao động",
}
_CAUSES = "Nguyên nhân chủ yếu: {cac_nguyen_nhan}."
_LEADING = {
    "cac_yeu_to": "Yếu tố gây chấn thương chủ yếu",
    "cac_nganh": "Ngành xảy ra nhiều vụ",
    "cac_dia_ban": "Địa bàn xảy ra nhiều vụ",
}
_DAMAGES = """\
Tổng số ngày nghỉ vì tai nạn lao động: {ngay_nghi} ngày ({ngay_nghi_bien_dong}).
Chi phí y tế {chi_y_te} nghìn đồng; trả lương trong thời gian điều trị {chi_luong} nghìn đồng; bồi thường, trợ cấp \
{chi_boi_thuong} nghìn đồng; chi phí khác {chi_khac} nghìn đồng.
Tổng chi phí y tế, trả lương, bồi thường, trợ cấp: {tong_chi} nghìn đồng ({tong_chi_bien_dong}). Thiệt hại tài sản: \
{thiet_hai_tai_san} nghìn đồng ({thiet_hai_tai_san_bien_dong})."""
_OTHER_COSTS = "chi phí khác {chi_khac} nghìn đồng"
_NO_OTHER_COSTS = "chi phí khác: {chi_khac}"
_STATE = """\
Trong các vụ của kỳ, {vu_da_cong_bo} vụ đã công bố biên bản điều tra hoặc đã kết thúc, {vu_dang_giai_quyet} vụ đang \
giải quyết."""
_NO_FILES = "Chưa có vụ nào của kỳ được mở trình tự giải quyết trên hệ thống."
_PROSECUTION = {"vu_kien_nghi_khoi_to": "Đã kiến nghị khởi tố", "vu_khoi_to": "Đã khởi tố"}
_RECIPIENTS = """\
Ủy ban nhân dân cấp tỉnh
Các sở, ngành; Ủy ban nhân dân cấp xã
Cổng thông tin điện tử
Lưu: VT"""
_NO_CAUSE = "số vụ theo từng nguyên nhân quá ít nên không công bố riêng"
_AMONG_PUBLIC = "trong số các mục công bố được số liệu, "
_PLACES = frozenset({"commune", "former"})


def drafted(figures: Mapping[str, Figure], phrases: Mapping[str, str], *, revised: bool) -> dict[str, str]:
    """The first wording; sentences about withheld or unknown figures are left out, except those the law asks for."""
    basis = _HANDED_IN if figures["co_so_phai_bao_cao"].value else _RECORDED
    general = [_GENERAL % {"basis": basis}]
    for name, words in _FURTHER.items():
        figure = figures[name]
        if figure.state == "shown":
            change = f" ({{{name}_bien_dong}})" if figure.before_state == "shown" else ""
            general.append(f"{words}: {{{name}}} {figure.unit}{change}.")
    general += [_PENDING] if figures["vu_cho_ket_luan"].value else []
    general += [_REVISED] if revised else []
    causes = [_CAUSES, *(f"{words}: {{{name}}}." for name, words in _LEADING.items() if phrases[name])]
    followed = figures["vu_da_cong_bo"].value or figures["vu_dang_giai_quyet"].value
    state = [_STATE if followed else _NO_FILES, *(f"{words}: {{{name}}} vụ." for name, words in _PROSECUTION.items()
                       if followed and figures[name].state == "shown")]  # fmt: skip
    damages = _DAMAGES if figures["chi_khac"].value is not None else _DAMAGES.replace(_OTHER_COSTS, _NO_OTHER_COSTS)
    return {
        "tinh_hinh": "\n".join(general),
        "khu_vuc": "\n".join(_SECTOR % {"mark": mark, "words": words} for mark, words in _SECTORS.items()),
        "nguyen_nhan": "\n".join(causes),
        "thiet_hai": damages,
        "dieu_tra": "\n".join(state),
        "danh_gia": "",
        "bien_phap": "",
        "noi_nhan": _RECIPIENTS,
    }


def phrases_of(period: Period, place: str, tables: Mapping[str, PublicTable], decimals: int) -> dict[str, str]:
    """Placeholders that stand for words: the period, the province, and what leads a table."""
    return {
        "ky": period.label_vi,
        "ky_truoc": period.year_before().label_vi,
        "tinh": place,
        "cac_nguyen_nhan": _leading(tables.get("cause"), decimals) or _NO_CAUSE,
        "cac_yeu_to": _leading(tables.get("agent"), decimals),
        "cac_nganh": _leading(tables.get("industry"), decimals),
        "cac_dia_ban": _leading(tables.get("commune"), decimals),
    }


def _leading(table: PublicTable | None, decimals: int) -> str:
    """`ngã từ trên cao (12 vụ, chiếm 30,0 %); …`, from rows that anybody may read."""
    whole = table.total.now.get("cases") if table else None
    if table is None or not whole:
        return ""
    said = []
    for line in table.leading("cases")[:LEADING]:
        count = line.now["cases"] or 0
        label = line.label if table.id in _PLACES else f"{line.label[:1].lower()}{line.label[1:]}"
        said.append(f"{label} ({format_number(count)} vụ, chiếm {format_number(count * 100 / whole, decimals)} %)")
    return (_AMONG_PUBLIC if table.partial else "") + "; ".join(said)
