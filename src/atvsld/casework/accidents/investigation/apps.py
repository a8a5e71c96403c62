from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvestigationConfig(AppConfig):
    name = "atvsld.casework.accidents.investigation"
    label = "accident_investigation"
    verbose_name = _("Điều tra tai nạn lao động")

    def ready(self) -> None:
        """State the conditions of the procedure's steps, the part of the case page, and the names of acts."""
        from atvsld.casework.accidents.followers import follow
        from atvsld.casework.accidents.investigation import checks
        from atvsld.casework.accidents.investigation.following import keep_published_victims
        from atvsld.casework.accidents.investigation.web.panel import investigation_panel
        from atvsld.casework.accidents.panels import show
        from atvsld.casework.accidents.procedure.facade import guards
        from atvsld.platform.history.labels import name_act

        show(30, investigation_panel)
        follow(keep_published_victims)
        guards.require("set_up_team", checks.team_is_set_up)
        guards.require("request_expertise", checks.expertise_is_asked)
        guards.require("expertise_received", checks.expertise_is_here)
        guards.require("draft_minutes", checks.minutes_are_whole)
        guards.require("call_meeting", checks.everybody_is_asked)
        guards.require("publish", checks.meeting_is_recorded)
        guards.require("send_minutes", checks.minutes_are_sent)
        guards.require("record_by_commune", checks.commune_record_is_whole)
        guards.require("post_publicly", checks.notices_are_posted)
        guards.require("close", checks.file_may_close)

        name_act("accidents:investigation_team:set_up", _("Thành lập đoàn điều tra"))
        name_act("accidents:investigation:begun", _("Bắt đầu điều tra"))
        name_act("accidents:investigation:scene", _("Ghi hiện trường"))
        name_act("accidents:investigation:benefits", _("Ghi đã giải quyết chế độ"))
        name_act("accidents:investigation:closed", _("Kết thúc hồ sơ điều tra"))
        name_act("accidents:statement:added", _("Thêm biên bản lấy lời khai"))
        name_act("accidents:statement:changed", _("Sửa biên bản lấy lời khai"))
        name_act("accidents:statement:read", _("Đọc lời khai"))
        name_act("accidents:evidence:added", _("Thêm chứng cứ, tài liệu"))
        name_act("accidents:evidence:withdrawn", _("Bỏ tài liệu khỏi hồ sơ"))
        name_act("accidents:expertise:requested", _("Đề nghị giám định"))
        name_act("accidents:expertise:received", _("Nhận kết quả giám định"))
        name_act("accidents:minutes:begun", _("Bắt đầu soạn biên bản điều tra"))
        name_act("accidents:minutes:changed", _("Sửa biên bản điều tra"))
        name_act("accidents:minutes:approved", _("Đoàn điều tra thông qua biên bản"))
        name_act("accidents:minutes:published", _("Công bố biên bản điều tra"))
        name_act("accidents:publication_meeting:called", _("Mời họp công bố biên bản"))
        name_act("accidents:minutes_delivery:sent", _("Gửi biên bản điều tra"))
        name_act("accidents:posting:recorded", _("Ghi niêm yết"))
        name_act("accidents:recommendation:done", _("Ghi kết quả thực hiện kiến nghị"))
        name_act("accidents:recommendation:waived", _("Thôi thực hiện kiến nghị"))
        name_act("accidents:dossier_mark:exempted", _("Cho qua giấy tờ hồ sơ"))
        name_act("accidents:commune_record:written", _("Ghi biên bản ghi nhận"))
        name_act("accidents:commune_record:completed", _("Lập xong biên bản ghi nhận"))
