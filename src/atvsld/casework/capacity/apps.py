from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapacityConfig(AppConfig):
    name = "atvsld.casework.capacity"
    label = "capacity"
    verbose_name = _("Cán bộ, mạng lưới, nghiên cứu, hợp tác")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("capacity:official_training:recorded", _("Ghi lần đào tạo cán bộ"))
