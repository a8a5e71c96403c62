from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkplansConfig(AppConfig):
    name = "atvsld.oversight.workplans"
    label = "workplans"
    verbose_name = _("Kế hoạch năm và nhiệm vụ")

    def ready(self) -> None:
        from atvsld.platform.history.labels import name_act

        name_act("workplans:work_plan:opened", _("Lập kế hoạch năm"))
        name_act("workplans:work_plan:proposed", _("Lấy nhiệm vụ từ nội dung được giao"))
        name_act("workplans:work_plan:changed", _("Ghi số, ngày ban hành kế hoạch"))
        name_act("workplans:work_plan:sent", _("Gửi kế hoạch"))
        name_act("workplans:work_plan:agreed", _("Tiếp nhận kế hoạch"))
        name_act("workplans:work_plan:returned", _("Trả lại kế hoạch"))
        name_act("workplans:task:added", _("Thêm nhiệm vụ"))
        name_act("workplans:task:changed", _("Sửa nhiệm vụ"))
        name_act("workplans:task:removed", _("Bỏ nhiệm vụ"))
        name_act("workplans:task:reported", _("Báo tiến độ"))
        name_act("workplans:task:handed", _("Giao lại nhiệm vụ"))
        name_act("workplans:task:owner_confirmed", _("Xác nhận đơn vị nhận nhiệm vụ"))
        name_act("workplans:task:settled", _("Chuyển nhiệm vụ theo sắp xếp cơ quan"))
        name_act("workplans:task_evidence:added", _("Nêu bằng chứng"))
        name_act("workplans:task_evidence:removed", _("Bỏ bằng chứng"))
        name_act("workplans:help_request:asked", _("Đề nghị hỗ trợ"))
        name_act("workplans:help_request:answered", _("Trả lời đề nghị hỗ trợ"))
        name_act("workplans:remark:written", _("Góp ý"))
        name_act("workplans:remark:settled", _("Xử lý góp ý"))
        name_act("workplans:tasks:read_in", _("Nhập nhiệm vụ từ bảng tính"))
