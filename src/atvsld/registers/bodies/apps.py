from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "atvsld.registers.bodies"
    label = "bodies"
    verbose_name = _("Cơ quan, tổ chức")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("bodies:reference:loaded", _("Nạp danh mục cơ quan"))
        name_act("bodies:body:succeeded", _("Ghi cơ quan kế thừa"))
        name_act("bodies:zone:managed", _("Ghi cơ quan quản lý khu"))
