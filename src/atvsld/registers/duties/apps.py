from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "atvsld.registers.duties"
    label = "duties"
    verbose_name = _("Việc và hạn")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("duties:duty:told", _("Nhắc việc"))
        name_act("duties:duty:assigned", _("Tìm người nhận việc"))
        name_act("duties:calendar_feed:made", _("Lập địa chỉ lịch"))
        name_act("duties:calendar_feed:revoked", _("Hủy địa chỉ lịch"))
