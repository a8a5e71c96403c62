"""What officers of the demo write in their plans: invented, plain, nothing of a real document."""

from __future__ import annotations

from random import Random

from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

TITLES = {
    "II.1": "Theo dõi tần suất tai nạn chết người hằng quý, tìm nguyên nhân của ngành tăng",
    "II.2": "Tăng số người tiếp xúc yếu tố có hại được khám phát hiện bệnh nghề nghiệp",
    "II.3": "Tăng số cơ sở thực hiện quan trắc môi trường lao động",
    "III.6a1": "Bố trí kinh phí công tác an toàn, vệ sinh lao động trong dự toán năm",
    "III.4d2": "Rút ngắn thời gian giải quyết thủ tục khai báo sử dụng thiết bị",
    "III.7a": "Quy chế phối hợp giữa các sở và cấp xã về khu vực không có quan hệ lao động",
    "IV.1.1b": "Mở lớp tập huấn cho người lao động không theo hợp đồng ở các xã ven biển",
    "IV.1.2a": "Hội nghị phổ biến Luật An toàn, vệ sinh lao động cho doanh nghiệp vừa và nhỏ",
    "IV.1.2d": "Đối thoại với doanh nghiệp, người lao động về chính sách an toàn, vệ sinh lao động",
    "IV.1.3": "Hỗ trợ huấn luyện cho người làm công việc nặng nhọc, độc hại khu vực phi chính thức",
    "IV.1.4a": "Kiểm tra 25 doanh nghiệp xây dựng, khai thác đá, cơ khí",
    "IV.1.4c": "Xét khen thưởng tập thể, cá nhân làm tốt công tác an toàn, vệ sinh lao động",
    "IV.1.5a": "Tổ chức Tháng hành động về an toàn, vệ sinh lao động",
    "IV.1.6": "Hướng dẫn điều tra, thống kê, báo cáo tai nạn lao động cho cấp xã",
    "IV.1.7b": "Giám sát tổ chức huấn luyện, kiểm định trên địa bàn",
    "IV.1.7d": "Đôn đốc tổ chức dịch vụ nộp báo cáo định kỳ",
    "IV.1.8b": "Đưa cơ sở dữ liệu an toàn, vệ sinh lao động vào sử dụng ở cấp xã",
    "IV.1.9b": "Khảo sát điều kiện lao động nghề nặng nhọc ở cơ sở khai thác, chế biến đá",
    "IV.2.1": "Tuyên truyền phòng bệnh nghề nghiệp tại các doanh nghiệp may, da giày",
    "IV.2.2a": "Giám sát vệ sinh lao động tại 30 cơ sở có yếu tố có hại",
    "IV.2.2c": "Chỉ đạo quan trắc môi trường và khám phát hiện bệnh bụi phổi ở cơ sở khai thác đá",
    "IV.2.2e": "Thực hiện chương trình chăm sóc sức khỏe người lao động năm thứ sáu",
    "IV.2.3a": "Kiểm tra các cơ sở khám sức khỏe định kỳ cho người lao động",
    "IV.2.4b": "Đào tạo cấp chứng nhận y tế lao động cho nhân viên y tế doanh nghiệp",
    "IV.3.1a": "Lập kế hoạch, dự toán chi tiết của đơn vị",
    "IV.3.1b": "Tổng hợp dự toán của các đơn vị, trình giao kinh phí",
    "IV.4.1": "Tuyên truyền an toàn hóa chất, khí dầu mỏ hóa lỏng cho cửa hàng, kho chứa",
    "IV.4.2a": "Huấn luyện kỹ thuật an toàn vật liệu nổ công nghiệp cho các mỏ đá",
    "IV.4.2b": "Cấp thẻ an toàn điện cho thợ điện nông thôn, miền núi",
    "IV.4.3": "Kiểm tra an toàn tại kho xăng dầu, chợ, trung tâm thương mại",
    "IV.5.1": "Phổ biến quy định an toàn thi công cho chủ đầu tư, nhà thầu",
    "IV.5.2": "Hội thảo phòng ngừa ngã cao tại công trường",
    "IV.5.3a": "Kiểm tra an toàn công trình đang thi công",
    "IV.6.2a": "Kiểm tra an toàn lao động tại công trình cầu, đường trọng điểm",
    "IV.7.2": "Kiểm tra bảo vệ môi trường tại cơ sở có nguy cơ ô nhiễm",
    "IV.8.1a": "Hướng dẫn dùng thuốc bảo vệ thực vật an toàn cho nông hộ",
    "IV.8.1c": "Hướng dẫn an toàn khi dùng máy gặt, máy tuốt, tời kéo trên tàu cá",
    "IV.8.2": "Phối hợp mở lớp huấn luyện cho hợp tác xã, làng nghề",
    "IV.9.1": "Hướng dẫn cơ sở tự kiểm tra phòng cháy, chữa cháy",
    "IV.9.2a": "Tham gia đoàn kiểm tra liên ngành",
    "IV.10.1": "Định hướng báo chí tuyên truyền an toàn, vệ sinh lao động hằng quý",
    "IV.11.1a": "Chuyên mục “An toàn lao động” phát hằng tuần",
    "IV.11.1c": "Phóng sự cảnh báo nguy cơ mất an toàn ở công trường nhỏ lẻ",
    "IV.12.1a": "Tuyên truyền an toàn lao động cho doanh nghiệp trong khu công nghiệp",
    "IV.13.1b": "Phát động sáng kiến cải thiện điều kiện lao động ở công đoàn cơ sở",
    "IV.13.1c": "Tập huấn mạng lưới an toàn, vệ sinh viên",
    "IV.13.3": "Tổ chức Tháng Công nhân gắn với Tháng hành động",
    "IV.14.1b": "Giám sát việc chấp hành pháp luật an toàn lao động ở hợp tác xã",
    "IV.15.1b": "Mô hình tổ hợp tác phun thuốc bảo vệ thực vật an toàn",
    "IV.15.1d": "Tập huấn an toàn lao động cho cán bộ hội cơ sở",
    "IV.16.1a": "Ban hành kế hoạch riêng của đơn vị về an toàn, vệ sinh lao động",
    "IV.16.1b": "Phối hợp kiểm tra liên ngành khu vực không có quan hệ lao động",
    "IV.17.1a": "Phân công cán bộ phụ trách an toàn, vệ sinh lao động của địa phương",
    "IV.17.1b": "Tuyên truyền an toàn lao động tới hộ kinh doanh, thợ xây tự do",
    "IV.17.2": "Kiểm tra công trình dân dụng, cơ sở hàn cắt, khai thác cát sỏi",
    "IV.17.3a": "Tổng hợp tai nạn của người làm việc không theo hợp đồng",
    "IV.17.3b": "Đôn đốc cấp xã thống kê, lập biên bản ghi nhận",
    "IV.17.3d": "Lập biên bản ghi nhận từng vụ tai nạn của lao động tự do",
    "IV.19a1": "Ban hành và theo dõi kế hoạch thực hiện của đơn vị, địa phương",
    "IV.18.1b": "Rà soát yếu tố nguy hiểm, lắp che chắn máy dập, máy cưa",
    "IV.18.1c": "Huấn luyện an toàn, vệ sinh lao động cho các nhóm",
    "IV.18.1d": "Kiểm định nồi hơi, thang nâng, xe nâng đến hạn",
    "IV.18.1e": "Quan trắc môi trường lao động",
    "IV.18.1f": "Khám sức khỏe định kỳ cho toàn bộ người lao động",
    "IV.18.1g": "Khám phát hiện bệnh nghề nghiệp cho người tiếp xúc bụi, ồn",
}
WAYS = (
    "Phối hợp với đơn vị liên quan, làm theo đợt, có biên bản từng buổi.",
    "Giao một phòng đầu mối; báo cáo kết quả hằng quý.",
    "Lồng ghép với các đợt công tác tại cơ sở để tiết kiệm kinh phí.",
    "Chọn nơi có nguy cơ cao làm trước, rút kinh nghiệm rồi mở rộng.",
    "Mời cán bộ chuyên môn cùng tham gia.",
)
BEGUN = (
    "Đã ban hành văn bản triển khai, lập danh sách nơi thực hiện.",
    "Đã họp phân công, làm xong đợt đầu.",
    "Đã khảo sát, thống nhất nội dung với đơn vị phối hợp.",
    "Đã chuẩn bị tài liệu và mở đợt thứ nhất.",
)
GOING = (
    "Đã làm quá nửa khối lượng, phần còn lại làm trong quý IV.",
    "Đã hoàn thành các nơi trọng điểm, còn vùng xa.",
    "Đang tổng hợp kết quả hai đợt đã làm.",
    "Kết quả đạt theo tiến độ đã đề ra.",
)
DONE = (
    "Đã hoàn thành theo kế hoạch, có báo cáo kết quả.",
    "Đã hoàn thành, vượt số lượng dự kiến.",
    "Đã hoàn thành; kiến nghị sau kiểm tra đã gửi các cơ sở.",
    "Đã kết thúc, rút kinh nghiệm và lưu hồ sơ.",
)
STOPPED = (
    "Không được bố trí kinh phí trong năm.",
    "Chức năng đã chuyển sang cơ quan khác khi sắp xếp bộ máy.",
    "Ghép vào nhiệm vụ khác của đơn vị.",
)
TROUBLES = (
    "Cán bộ phụ trách kiêm nhiệm nhiều việc, chưa được tập huấn về an toàn, vệ sinh lao động.",
    "Kinh phí giao muộn, chỉ đủ cho khoảng một nửa số lớp dự kiến.",
    "Lao động tự do khó tập hợp, thường vắng mặt vào ngày làm việc.",
    "Sau sắp xếp đơn vị hành chính, hồ sơ bàn giao chưa đầy đủ.",
    "Doanh nghiệp nhỏ chưa chủ động gửi số liệu, phải đôn đốc nhiều lần.",
    "Thiếu thiết bị đo, phải thuê đơn vị ngoài nên kéo dài thời gian.",
)
WISHES = (
    "Đề nghị mở lớp tập huấn cho cán bộ cấp xã ngay đầu năm.",
    "Đề nghị bố trí kinh phí thành dòng riêng, giao từ quý I.",
    "Đề nghị có tài liệu tuyên truyền mẫu dùng chung cho các địa phương.",
    "Đề nghị hướng dẫn cách ghi nhận tai nạn của lao động tự do khi nạn nhân không khai báo.",
    "Đề nghị chia sẻ danh sách cơ sở có nguy cơ cao theo địa bàn.",
)
REMARKS = (
    "Ghi rõ số lớp, số người dự kiến để cuối năm đối chiếu.",
    "Bổ sung đơn vị phối hợp và người phụ trách cho từng nhiệm vụ.",
    "Thời gian một số nhiệm vụ dồn vào quý IV, đề nghị giãn ra.",
)
RETURNS = (
    "Chưa có nhiệm vụ cho khu vực không có quan hệ lao động; đề nghị bổ sung.",
    "Nhiều nhiệm vụ chưa có thời hạn cụ thể; đề nghị ghi lại rồi gửi.",
    "Chưa gắn nhiệm vụ với nội dung được giao trong kế hoạch của tỉnh.",
)
REMOVED = ("Nhầm tệp của năm trước.", "Văn bản chưa ký, thay bằng bản chính thức sau.")
HELP = (
    "Nhờ cử cán bộ y tế lao động hướng dẫn buổi tuyên truyền cho thợ đá trong xã.",
    "Nhờ cung cấp tài liệu mẫu và danh sách cơ sở có nguy cơ cao trên địa bàn xã.",
    "Nhờ cử báo cáo viên cho lớp tập huấn thợ xây tự do.",
)
HELPED = "Đồng ý, cử một cán bộ; đơn vị gửi lịch cụ thể trước bảy ngày."
PAPERS = {
    "directive_paper": "Văn bản chỉ đạo",
    "plan_paper": "Kế hoạch đã ban hành",
    "estimate_paper": "Dự toán",
    "report_paper": "Báo cáo kết quả",
}
_OFFICES = {
    "Sở Y tế": ("Phòng Nghiệp vụ Y", "Trung tâm Kiểm soát bệnh tật"),
    "Sở Nội vụ": ("Phòng Lao động - Việc làm", "Phòng An toàn lao động"),
    "Sở Lao động": ("Phòng Việc làm - An toàn lao động", "Thanh tra Sở"),
    "Sở Xây dựng": ("Phòng Quản lý chất lượng công trình", "Thanh tra Sở"),
    "Sở Công Thương": ("Phòng Kỹ thuật an toàn", "Phòng Quản lý năng lượng"),
    "Sở Tài chính": ("Phòng Ngân sách",),
    "Công an": ("Phòng Cảnh sát phòng cháy, chữa cháy",),
    "Liên đoàn": ("Ban Chính sách - Pháp luật",),
    "Ủy ban nhân dân": ("Phòng Văn hóa - Xã hội", "Phòng Kinh tế, Hạ tầng và Đô thị"),
}


def office(owner: Body | Establishment, chance: Random) -> str:
    """The part of a body that does the work."""
    if not isinstance(owner, Body):
        return chance.choice(("Ban An toàn, vệ sinh lao động", "Phòng Kỹ thuật", "Phòng Tổ chức - Hành chính"))
    found = next((names for start, names in _OFFICES.items() if owner.name.startswith(start)), None)
    return chance.choice(found or ("Văn phòng", "Phòng Nghiệp vụ"))


def officer(owner: Body | Establishment) -> str:
    """Who reports, as the page shows it."""
    return f"Cán bộ {getattr(owner, 'short_name', '') or owner.name}"[:200]
