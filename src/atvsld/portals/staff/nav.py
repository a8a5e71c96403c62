"""The officers' navigation: one list, filtered by what each person may open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from atvsld.platform.ui.navigation import Entry, Section

SECTIONS = (
    Section(
        "",
        (
            Entry(_("Trang chính"), "/", "layout-dashboard"),
            Entry(_("Việc và hạn"), "/viec/", "calendar-due", "duties:duty:read"),
        ),
    ),
    Section(
        _("Tai nạn lao động"),
        (
            Entry(_("Vụ tai nạn"), "/tai-nan/", "ambulance", "accidents:case:read"),
            Entry(_("Vụ đang giải quyết"), "/tai-nan/viec/", "checklist", "duties:duty:read"),
            Entry(_("Bản đồ vụ tai nạn"), "/tai-nan/ban-do/", "map-pin", "accidents:case:read"),
            Entry(_("Sổ thống kê"), "/tai-nan/so-thong-ke/", "table", "accidents:case:read"),
            Entry(_("Người bị nạn"), "/tai-nan/nguoi-bi-nan/", "users", "accidents:case:read"),
            Entry(_("Khai báo, tin báo"), "/khai-bao/", "bell", "accidents:declaration:read"),
            Entry(_("Văn bản"), "/van-ban/", "file-text", "accidents:case:read"),
            Entry(_("Chế độ của người bị nạn"), "/tai-nan/che-do/", "coin", "accidents:benefit:read"),
            Entry(_("Sự cố kỹ thuật"), "/su-co/", "alert-triangle", "incidents:incident:read"),
            Entry(_("Ghi nhận vụ mới"), "/tai-nan/moi/", "plus", "accidents:case:create"),
            Entry(_("Nhập từ tệp"), "/nhap-du-lieu/", "file-upload", "accidents:case:import"),
        ),
    ),
    Section(
        _("Báo cáo và chỉ tiêu"),
        (
            Entry(_("Nghĩa vụ báo cáo"), "/nghia-vu/", "list-check", "obligations:reporting_duty:read"),
            Entry(_("Báo cáo theo biểu mẫu"), "/bao-cao/", "report-analytics", "reporting:report:read"),
            Entry(_("Báo cáo của tôi"), "/nop-bao-cao/", "send", "filing:report_filing:submit"),
            Entry(_("Báo cáo đã nộp"), "/nop-bao-cao/den/", "checklist", "filing:report_filing:read"),
            Entry(_("Tổng hợp báo cáo"), "/tong-hop/", "scale", "consolidation:consolidated_report:read"),
            Entry(_("Báo cáo đã chấp nhận"), "/bao-cao/chot/", "shield-check", "snapshots:report_snapshot:read"),
            Entry(_("Tự soạn báo cáo"), "/tu-soan/", "edit", "composing:composed_report:change"),
            Entry(_("Thông báo tai nạn"), "/thong-bao/", "send", "publication:notice:read"),
            Entry(_("Chỉ tiêu của kế hoạch"), "/chi-tieu/", "target", "indicators:target:read"),
        ),
    ),
    Section(
        _("Chương trình, kế hoạch"),
        (
            Entry(_("Trang lãnh đạo"), "/lanh-dao/", "report-analytics", "leader:summary:read"),
            Entry(_("Chương trình, kế hoạch"), "/chuong-trinh/", "list-details", "programme:programme:read"),
            Entry(_("Kế hoạch năm, nhiệm vụ"), "/ke-hoach/", "checklist", "workplans:work_plan:read"),
            Entry(_("Dự toán và kinh phí"), "/kinh-phi/", "coin", "budget:budget_line:read"),
            Entry(_("Báo cáo năm về kế hoạch"), "/bao-cao-ke-hoach/", "file-text", "yearly:year_report:read"),
        ),
    ),
    Section(
        _("Hoạt động"),
        (
            Entry(_("Tuyên truyền"), "/tuyen-truyen/", "bell", "outreach:communication:read"),
            Entry(_("Tháng hành động"), "/thang-hanh-dong/", "calendar-due", "campaigns:campaign:read"),
            Entry(_("Đối thoại, giám sát"), "/doi-thoai/", "users", "dialogues:dialogue:read"),
            Entry(_("Khen thưởng, mô hình"), "/khen-thuong/", "shield-check", "merits:commendation:read"),
            Entry(_("Kiến nghị, góp ý"), "/kien-nghi/", "send", "proposals:policy_proposal:read"),
            Entry(_("Cán bộ, mạng lưới, đề tài"), "/nang-luc/", "user-shield", "capacity:capacity_record:read"),
            Entry(_("Thủ tục hành chính"), "/thu-tuc/", "list-check", "procedures:procedure:read"),
        ),
    ),
    Section(
        _("Danh bạ"),
        (
            Entry(_("Các cơ sở"), "/co-so/", "building-factory-2", "establishments:establishment:read"),
            Entry(_("Người lao động"), "/nguoi-lao-dong/", "users", "workers:worker:read"),
            Entry(_("Tổ chức dịch vụ"), "/to-chuc-dich-vu/", "shield-check", "providers:service_provider:read"),
            Entry(_("Địa bàn"), "/dia-ban/", "map-pin", "places:place:read"),
            Entry(_("Cơ quan, tổ chức"), "/co-quan/", "building", "bodies:body:read"),
            Entry(_("Danh mục mã"), "/danh-muc/", "list-details"),
        ),
    ),
    Section(
        _("Quản trị"),
        (
            Entry(_("Người dùng và chức trách"), "/nguoi-dung/", "user-shield", "offices:office:read"),
            Entry(_("Mẫu Word chính thức"), "/van-ban/mau/", "file-type-docx", "papers:template:change"),
            Entry(_("Thư viện giao diện"), "/thu-vien-giao-dien/", "adjustments-horizontal", "offices:office:change"),
        ),
    ),
)
