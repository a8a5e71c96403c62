from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeaderConfig(AppConfig):
    name = "atvsld.portals.leader"
    label = "leader"
    verbose_name = _("Trang lãnh đạo")

    def ready(self) -> None:
        from atvsld.portals.leader import sources  # noqa: F401 - states what waits for a decision
