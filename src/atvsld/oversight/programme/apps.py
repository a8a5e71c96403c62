from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "atvsld.oversight.programme"
    label = "programme"
    verbose_name = _("Chương trình, kế hoạch cấp trên")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("programme:programme:entered", _("Nhập kế hoạch"))
        name_act("programme:programme:changed", _("Sửa bản soạn kế hoạch"))
        name_act("programme:programme:revised", _("Mở bản sửa của kế hoạch"))
        name_act("programme:programme:issued", _("Ban hành kế hoạch"))
        name_act("programme:programme:dropped", _("Bỏ bản soạn kế hoạch"))
        name_act("programme:programme:reminded", _("Nhắc đơn vị về nhiệm vụ của kế hoạch"))
