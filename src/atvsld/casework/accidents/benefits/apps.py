from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BenefitsConfig(AppConfig):
    name = "atvsld.casework.accidents.benefits"
    label = "accident_benefits"
    verbose_name = _("Chế độ của người bị nạn")

    def ready(self) -> None:
        from atvsld.casework.accidents import panels
        from atvsld.casework.accidents.benefits.settling import settlement_of
        from atvsld.casework.accidents.benefits.web.panel import benefits_panel
        from atvsld.casework.accidents.settlement import answer_with
        from atvsld.platform.history.labels import name_act

        panels.show(60, benefits_panel)
        answer_with(settlement_of)
        name_act("accidents:benefit:reckoned", _("Tính chế độ"))
        name_act("accidents:benefit:decided", _("Ghi quyết định chi chế độ"))
        name_act("accidents:benefit:paid", _("Ghi chi trả"))
        name_act("accidents:benefit:payment_withdrawn", _("Bỏ khoản chi ghi nhầm"))
        name_act("accidents:benefit:filed", _("Ghi gửi hồ sơ chế độ"))
        name_act("accidents:benefit:withdrawn", _("Bỏ chế độ ghi nhầm"))
        name_act("accidents:benefit:reckoning_read", _("Xem cách tính chế độ"))
