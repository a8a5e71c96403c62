from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeclarationsConfig(AppConfig):
    name = "atvsld.casework.accidents.declarations"
    label = "accident_declarations"
    verbose_name = _("Khai báo tai nạn lao động")

    def ready(self) -> None:
        """Acts have names; the page of a case shows what was declared."""
        from atvsld.casework.accidents import panels
        from atvsld.casework.accidents.declarations.panel import declared
        from atvsld.platform.history.labels import name_act

        panels.show(30, declared)
        name_act("accidents:declaration:received", _("Nhận khai báo, tin báo"))
        name_act("accidents:declaration:corrected", _("Bổ sung, sửa khai báo"))
        name_act("accidents:declaration:reporter_read", _("Xem người báo tin"))
        name_act("accidents:declaration:persons_read", _("Xem người bị nạn trong tin báo"))
        name_act("accidents:case:matched", _("Xác định các tin báo về cùng một vụ"))
        name_act("accidents:case:match_undone", _("Tách lại các tin báo"))
