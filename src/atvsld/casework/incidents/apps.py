from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    name = "atvsld.casework.incidents"
    label = "incidents"
    verbose_name = _("Sự cố kỹ thuật")

    def ready(self) -> None:
        from atvsld.casework.incidents import related  # noqa: F401 - states its part on other pages
        from atvsld.platform.history.labels import name_act

        name_act("incidents:incident:reported", _("Ghi nhận sự cố kỹ thuật"))
        name_act("incidents:incident:changed", _("Sửa thông tin sự cố"))
        name_act("incidents:incident:judged", _("Xác định mức độ nghiêm trọng"))
        name_act("incidents:incident:notified", _("Ghi đã báo cơ quan có thẩm quyền"))
        name_act("incidents:incident:closed", _("Kết thúc hồ sơ sự cố"))
        name_act("incidents:incident:reopened", _("Mở lại hồ sơ sự cố"))
