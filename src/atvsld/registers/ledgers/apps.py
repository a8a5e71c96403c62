from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LedgersConfig(AppConfig):
    name = "atvsld.registers.ledgers"
    label = "ledgers"
    verbose_name = _("Sổ ghi hoạt động")

    def ready(self) -> None:
        """Each app states its ledgers in `ledgers.py`."""
        from atvsld.platform.history.labels import name_act

        autodiscover_modules("ledgers")
        name_act("ledgers:record:entered", _("Ghi vào sổ"))
        name_act("ledgers:record:changed", _("Sửa hồ sơ"))
        name_act("ledgers:record:withdrawn", _("Bỏ hồ sơ"))
        name_act("ledgers:record:file_added", _("Thêm tệp"))
        name_act("ledgers:record:file_removed", _("Bỏ tệp"))
        name_act("ledgers:record:imported", _("Nhập sổ từ tệp"))
