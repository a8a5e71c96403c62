from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "atvsld.platform.imports"
    label = "imports"
    verbose_name = _("Nhập dữ liệu")

    def ready(self) -> None:
        """Each app states what it can take in by its `intake`."""
        autodiscover_modules("intake")
        from atvsld.platform.history.labels import name_act

        name_act("imports:run:undone", _("Hoàn tác lần nhập"))
