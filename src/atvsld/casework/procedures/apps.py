from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "atvsld.casework.procedures"
    label = "procedures"
    verbose_name = _("Thủ tục hành chính")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("procedures:procedure:published", _("Công bố thủ tục hành chính"))
        name_act("procedures:procedure:ended", _("Thôi công bố thủ tục hành chính"))
        name_act("procedures:application:received", _("Nhận hồ sơ thủ tục"))
        name_act("procedures:application:step", _("Ghi bước giải quyết hồ sơ"))
