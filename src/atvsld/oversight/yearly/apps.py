from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YearlyConfig(AppConfig):
    name = "atvsld.oversight.yearly"
    label = "yearly"
    verbose_name = _("Báo cáo năm về kế hoạch")

    def ready(self) -> None:
        """Name the acts for the log; take in the reports of the plan that the calendar asks for."""
        from atvsld.oversight.yearly import answering
        from atvsld.platform.history.labels import name_act

        answering.take_in()
        for code, label in _ACTS.items():
            name_act(f"yearly:{code}", label)


_ACTS = {
    "year_report:opened": _("Lập báo cáo năm về kế hoạch"),
    "year_report:addressed": _("Sửa trích yếu, nơi nhận của báo cáo"),
    "year_report:drafted": _("Soạn lại báo cáo từ hồ sơ"),
    "year_report:figures_taken": _("Lấy số liệu mới vào báo cáo"),
    "year_report:word_taken": _("Nhận bản Word đã sửa"),
    "year_report:sent": _("Gửi báo cáo năm"),
    "year_report:issued": _("Ban hành báo cáo tổng hợp"),
    "year_report:accepted": _("Tiếp nhận báo cáo năm"),
    "year_report:returned": _("Trả lại báo cáo năm"),
    "report_sentence:written": _("Sửa câu của báo cáo"),
    "report_sentence:dropped": _("Bỏ câu của báo cáo"),
    "report_sentence:restored": _("Lấy lại câu đã bỏ"),
    "report_sentence:moved": _("Chuyển chỗ câu của báo cáo"),
    "report_sentence:proven": _("Gắn câu với nhiệm vụ"),
    "report_remark:made": _("Góp ý về báo cáo năm"),
}
