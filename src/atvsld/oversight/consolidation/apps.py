from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsolidationConfig(AppConfig):
    name = "atvsld.oversight.consolidation"
    label = "consolidation"
    verbose_name = _("Tổng hợp báo cáo")

    def ready(self) -> None:
        from atvsld.oversight.consolidation.sealed import Consolidations
        from atvsld.oversight.snapshots.facade import verify_also
        from atvsld.platform.history.labels import name_act

        verify_also(Consolidations())
        name_act("consolidation:consolidated_report:accepted", _("Chấp nhận báo cáo tổng hợp"))
