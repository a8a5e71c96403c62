from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetConfig(AppConfig):
    name = "atvsld.oversight.budget"
    label = "budget"
    verbose_name = _("Dự toán và kinh phí")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("budget:line:added", _("Lập dòng dự toán"))
        name_act("budget:line:changed", _("Sửa dòng dự toán"))
        name_act("budget:line:proposed", _("Đề xuất dự toán"))
        name_act("budget:line:returned", _("Trả lại dự toán để sửa"))
        name_act("budget:line:withdrawn", _("Bỏ dòng dự toán"))
        name_act("budget:line:consolidated", _("Tổng hợp dự toán"))
        name_act("budget:line:followed", _("Chuyển dòng kinh phí theo nhiệm vụ"))
        name_act("budget:allocation:recorded", _("Ghi phân bổ kinh phí"))
        name_act("budget:commitment:recorded", _("Ghi cam kết chi"))
        name_act("budget:payment:recorded", _("Ghi khoản chi"))
        name_act("budget:entry:cancelled", _("Bỏ một lần ghi nhầm"))
