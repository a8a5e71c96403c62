from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccidentsConfig(AppConfig):
    name = "atvsld.casework.accidents"
    label = "accidents"
    verbose_name = _("Tai nạn lao động")

    def ready(self) -> None:
        """Acts have names that people read in a timeline."""
        from atvsld.platform.history.labels import name_act

        name_act("accidents:case:opened", _("Ghi nhận vụ tai nạn"))
        name_act("accidents:case:changed", _("Sửa thông tin vụ"))
        name_act("accidents:victim:added", _("Thêm người bị nạn"))
        name_act("accidents:victim:changed", _("Sửa thông tin người bị nạn"))
        name_act("accidents:victim:removed", _("Bỏ người bị nạn ghi nhầm"))
