from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EstablishmentsConfig(AppConfig):
    name = "atvsld.registers.establishments"
    label = "establishments"
    verbose_name = _("Cơ sở sản xuất, kinh doanh")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("establishments:establishment:registered", _("Thêm cơ sở"))
        name_act("establishments:establishment:changed", _("Sửa thông tin cơ sở"))
        name_act("establishments:workforce:stated", _("Ghi lao động theo năm"))
        name_act("establishments:osh_organisation:stated", _("Ghi bộ máy an toàn, vệ sinh lao động"))
        name_act("establishments:establishment:renamed", _("Đổi tên cơ sở"))
        name_act("establishments:establishment:moved", _("Chuyển địa bàn"))
        name_act("establishments:establishment:closed", _("Ngừng hoạt động"))
        name_act("establishments:establishment:reopened", _("Hoạt động trở lại"))
        name_act("establishments:establishment:divided", _("Tách cơ sở"))
        name_act("establishments:establishment:merged", _("Gộp hai cơ sở"))
        name_act("establishments:establishment:separated", _("Tách lại hai cơ sở đã gộp"))
        name_act("establishments:duplicate_pair:sought", _("Tìm cơ sở nghi trùng"))
        name_act("establishments:duplicate_pair:told_apart", _("Xác nhận không trùng"))
        name_act("establishments:enterprise:changed", _("Sửa thông tin doanh nghiệp"))
        name_act("establishments:establishment_industry:stated", _("Ghi mã ngành ở phiên bản khác"))
        name_act("establishments:establishment:located", _("Ghi tọa độ, khu công nghiệp"))
        name_act("establishments:hazard_fact:stated", _("Ghi yếu tố rủi ro"))
        name_act("establishments:hazard_fact:ended", _("Kết thúc yếu tố rủi ro"))
        name_act("establishments:hazard_fact:withdrawn", _("Bỏ yếu tố rủi ro ghi nhầm"))
        name_act("establishments:site:stated", _("Ghi địa điểm của cơ sở"))
        name_act("establishments:site:withdrawn", _("Bỏ địa điểm ghi nhầm"))
        name_act("establishments:contact:stated", _("Ghi người liên hệ"))
        name_act("establishments:contact:withdrawn", _("Bỏ người liên hệ"))
        name_act("establishments:establishment:imported", _("Nhập cơ sở từ tệp"))
