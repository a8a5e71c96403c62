from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccidentProcedureConfig(AppConfig):
    name = "atvsld.casework.accidents.procedure"
    label = "accident_procedure"
    verbose_name = _("Trình tự giải quyết tai nạn lao động")

    def ready(self) -> None:
        """The procedure follows every change of a case; its acts have names that people read."""
        from atvsld.casework.accidents.followers import follow
        from atvsld.casework.accidents.panels import show
        from atvsld.casework.accidents.procedure.following import facts_changed
        from atvsld.casework.accidents.procedure.web.panel import deadlines_panel, procedure_panel
        from atvsld.platform.history.labels import name_act

        follow(facts_changed)
        show(10, procedure_panel)
        show(11, deadlines_panel)
        name_act("accidents:procedure:opened", _("Mở trình tự giải quyết"))
        name_act("accidents:procedure:described", _("Ghi thời điểm nhận tin, loại vụ"))
        name_act("accidents:procedure:advanced", _("Thực hiện bước giải quyết"))
