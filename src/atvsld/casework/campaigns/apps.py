from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "atvsld.casework.campaigns"
    label = "campaigns"
    verbose_name = _("Tháng hành động, Tháng Công nhân")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("campaigns:campaign:opened", _("Mở đợt cao điểm"))
        name_act("campaigns:campaign:changed", _("Sửa đợt cao điểm"))
        name_act("campaigns:campaign:reminded", _("Nhắc đơn vị chưa gửi kết quả"))
        name_act("campaigns:result:opened", _("Mở trang ghi kết quả"))
        name_act("campaigns:result:saved", _("Lưu kết quả đang ghi"))
        name_act("campaigns:result:sent", _("Gửi kết quả"))
