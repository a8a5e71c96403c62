from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "atvsld.platform.access"
    label = "access"
    verbose_name = _("Quyền truy cập")

    def ready(self) -> None:
        """Each app states its permissions in `policy.py`."""
        autodiscover_modules("policy")
