from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "atvsld.casework.proposals"
    label = "proposals"
    verbose_name = _("Kiến nghị chính sách, góp ý văn bản")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("proposals:draft_consultation:opened", _("Lấy ý kiến dự thảo"))
        name_act("proposals:draft_consultation:withdrawn", _("Bỏ lần lấy ý kiến"))
        name_act("proposals:consolidated_paper:started", _("Lập văn bản tổng hợp"))
        name_act("proposals:consolidated_paper:gathered", _("Đưa kiến nghị, ý kiến vào văn bản tổng hợp"))
        name_act("proposals:consolidated_paper:changed", _("Thống nhất nội dung kiến nghị"))
        name_act("proposals:consolidated_paper:merged", _("Gộp các điểm kiến nghị"))
        name_act("proposals:consolidated_paper:released", _("Trả kiến nghị, ý kiến ra khỏi văn bản tổng hợp"))
        name_act("proposals:consolidated_paper:dropped", _("Bỏ văn bản tổng hợp"))
        name_act("proposals:consolidated_paper:sent", _("Ghi văn bản tổng hợp đã gửi"))
        name_act("proposals:consolidated_paper:answered", _("Ghi kết quả kiến nghị"))
