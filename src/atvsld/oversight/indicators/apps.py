from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "atvsld.oversight.indicators"
    label = "indicators"
    verbose_name = _("Chỉ tiêu")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("indicators:baseline:locked", _("Khóa mức năm gốc của chỉ tiêu"))
        name_act("indicators:baseline:lifted", _("Mở khóa mức năm gốc của chỉ tiêu"))
