"""Forms of an investigation. Field names are the columns that problems speak of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.investigation import drafts
from atvsld.casework.accidents.investigation.models import (
    DossierMark,
    Expertise,
    Investigation,
    MinutesDelivery,
    Statement,
)
from atvsld.casework.accidents.investigation.proofs import proofs
from atvsld.casework.accidents.investigation.record import Record, name_of
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES
from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import AmountField, DayField, MomentField, TriStateField

Choices = list[tuple[Any, Any]]
LONGEST = 20_000


def unchosen(label: Any = None) -> Choices:
    return [("", label or _("Chưa chọn"))]


def victim_choices(record: Record) -> Choices:
    """Victims by number: names stay masked."""
    return [(victim.pk, _("Người bị nạn thứ %(n)s") % {"n": victim.position}) for victim in record.victims]


def document_choices(record: Record) -> Choices:
    return [*unchosen(_("Không có")), *((piece.pk, piece.title) for piece in record.evidence)]


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def pick(label: Any, choices: Choices = [], **kwargs: Any) -> forms.TypedChoiceField:  # noqa: B006 - never changed
    """One of several; nothing chosen is None. Values are primary keys."""
    return forms.TypedChoiceField(label=label, choices=choices, required=False, coerce=int, empty_value=None, **kwargs)


class RecordForm(forms.Form):
    """A form that knows the record whose choices it offers."""

    def __init__(self, *args: Any, record: Record, outside: bool = False, **kwargs: Any) -> None:
        """`outside`: the person does not see what the investigation gathered, so no document is offered."""
        super().__init__(*args, **kwargs)
        self.record = record
        fields: dict[str, Any] = self.fields
        if "victim" in fields:
            fields["victim"].choices = [*unchosen(_("Chung cho mọi người bị nạn")), *victim_choices(record)]
        if "document" in fields:
            fields["document"].choices = unchosen(_("Không có")) if outside else document_choices(record)


class SceneForm(RecordForm):
    """The scene of the accident."""

    scene_visited_at = MomentField(label=gettext_lazy("Đến hiện trường lúc"), required=False)
    scene = forms.ChoiceField(
        label=gettext_lazy("Hiện trường"), required=False,
        choices=[("", gettext_lazy("Chưa rõ")), *Investigation.Scene.choices],
    )  # fmt: skip
    scene_reason = forms.CharField(
        label=gettext_lazy("Lý do xáo trộn hoặc không còn hiện trường"), required=False, widget=text_area(2)
    )
    clearing_agreed_on = DayField(label=gettext_lazy("Ngày đồng ý xóa bỏ hiện trường"), required=False)
    clearing_agreed_by = forms.CharField(label=gettext_lazy("Bên đồng ý"), max_length=200, required=False)
    document = pick(
        gettext_lazy("Văn bản đồng ý"), help_text=gettext_lazy("Thêm văn bản ở mục Chứng cứ, tài liệu trước.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def draft(self) -> drafts.SceneDraft:
        stated = self.cleaned_data
        return drafts.SceneDraft(
            scene_visited_at=stated["scene_visited_at"], scene=stated["scene"], scene_reason=stated["scene_reason"],
            clearing_agreed_on=stated["clearing_agreed_on"], clearing_agreed_by=stated["clearing_agreed_by"],
            clearing_document_id=stated["document"],
        )  # fmt: skip


class StatementForm(RecordForm):
    """A statement as it was taken down."""

    relation = forms.ChoiceField(label=gettext_lazy("Tư cách người khai"), choices=Statement.Relation.choices)
    relation_detail = forms.CharField(
        label=gettext_lazy("Mối quan hệ với người bị nạn"), max_length=200, required=False
    )
    victim = pick(gettext_lazy("Về người bị nạn"))
    person = forms.CharField(
        label=gettext_lazy("Nhân thân người khai"), widget=text_area(3), max_length=2000,
        help_text=gettext_lazy("Họ tên, ngày sinh, nghề nghiệp, nơi ở. Niêm phong khi lưu."),
    )  # fmt: skip
    taken_at = MomentField(label=gettext_lazy("Lấy lời khai lúc"))
    ended_at = MomentField(label=gettext_lazy("Kết thúc lúc"), required=False)
    place = forms.CharField(label=gettext_lazy("Tại"), max_length=200)
    taken_by = forms.CharField(label=gettext_lazy("Người lấy lời khai"), max_length=120)
    content = forms.CharField(
        label=gettext_lazy("Nội dung hỏi đáp"), widget=text_area(12), max_length=LONGEST,
        help_text=gettext_lazy("Mỗi câu hỏi, câu trả lời một dòng. Niêm phong khi lưu."),
    )  # fmt: skip
    signed = forms.BooleanField(label=gettext_lazy("Người khai đã ký từng trang"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def draft(self) -> drafts.StatementDraft:
        stated = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "victim"}}
        return drafts.StatementDraft(**stated, victim_id=self.cleaned_data["victim"])


class EvidenceForm(RecordForm):
    """A document or picture with its file."""

    item = forms.ChoiceField(label=gettext_lazy("Loại giấy tờ"))
    title = forms.CharField(label=gettext_lazy("Tên tài liệu"), max_length=200)
    victim = pick(
        gettext_lazy("Của người bị nạn"),
        help_text=gettext_lazy("Giấy tờ về thương tích, tử thi phải ghi rõ của ai khi vụ có nhiều người bị nạn."),
    )
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=60, required=False)
    dated = DayField(label=gettext_lazy("Ngày của tài liệu"), required=False)
    source = forms.CharField(label=gettext_lazy("Nơi lập hoặc cung cấp"), max_length=200, required=False)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=500, required=False)
    file = forms.FileField(
        label=gettext_lazy("Tệp"), required=False,
        help_text=gettext_lazy("Để trống khi chỉ ghi nhận hiện vật. Tệp được niêm phong, giữ theo mã băm."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["item"].choices = item_choices(self.record)

    def draft(self) -> drafts.EvidenceDraft:
        stated = {name: value for name, value in self.cleaned_data.items() if name not in {"file", "victim"}}
        return drafts.EvidenceDraft(**stated, victim_id=self.cleaned_data["victim"])


def item_choices(record: Record) -> Choices:
    """What a piece of evidence may be: a paper of the dossier, or one that proves something else."""
    papers = [(rule.id, name_of(rule, record.on)) for rule in record.entries("dossier")]
    confirming = [(proof.label, list(proof.papers)) for proof in proofs(record)]
    return [*unchosen(), (_("Hồ sơ vụ tai nạn (Điều 16)"), papers), *confirming, *other_items()]


def other_items() -> Choices:
    return [
        ("consent", _("Văn bản đồng ý xóa bỏ hiện trường")),
        ("sending", _("Giấy tờ chứng minh đã gửi, đã niêm yết")),
        ("result", _("Báo cáo kết quả thực hiện kiến nghị")),
        ("other", _("Tài liệu, hiện vật khác")),
    ]


class ExpertiseForm(RecordForm):
    """An expert opinion asked for."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại giám định"), choices=Expertise.Kind.choices)
    asked_of = forms.CharField(label=gettext_lazy("Cơ quan, tổ chức giám định"), max_length=200)
    asked_on = DayField(label=gettext_lazy("Ngày đề nghị"))
    question = forms.CharField(label=gettext_lazy("Nội dung đề nghị"), widget=text_area(4), max_length=LONGEST)

    def draft(self) -> drafts.ExpertiseDraft:
        return drafts.ExpertiseDraft(**self.cleaned_data)


class ResultForm(RecordForm):
    """What came back."""

    received_on = DayField(label=gettext_lazy("Ngày nhận kết quả"))
    result = forms.CharField(label=gettext_lazy("Kết luận giám định"), widget=text_area(4), max_length=LONGEST)
    document = pick(gettext_lazy("Văn bản kết luận"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class SendingForm(RecordForm):
    """Proof that one recipient got the minutes."""

    sent_at = MomentField(label=gettext_lazy("Gửi lúc"))
    channel = forms.ChoiceField(label=gettext_lazy("Cách gửi"), choices=MinutesDelivery.Channel.choices)
    reference = forms.CharField(
        label=gettext_lazy("Số hiệu hoặc người nhận"), max_length=200,
        help_text=gettext_lazy("Số bưu gửi, số công văn, hoặc họ tên người ký nhận."),
    )  # fmt: skip
    document = pick(gettext_lazy("Giấy tờ chứng minh"))

    def draft(self) -> drafts.SendingDraft:
        stated = self.cleaned_data
        return drafts.SendingDraft(
            sent_at=stated["sent_at"], channel=stated["channel"], reference=stated["reference"],
            proof_id=stated["document"],
        )  # fmt: skip


class DoneForm(RecordForm):
    """What was done of a recommendation."""

    done_on = DayField(label=gettext_lazy("Hoàn thành ngày"))
    result = forms.CharField(label=gettext_lazy("Kết quả thực hiện"), widget=text_area(3), max_length=LONGEST)
    document = pick(gettext_lazy("Văn bản báo cáo"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(RecordForm):
    """Only why."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500, widget=text_area(2))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PurposeForm(forms.Form):
    """Why protected data are looked at; kept with the reading."""

    purpose = forms.CharField(label=gettext_lazy("Mục đích xem"), max_length=300)


class ExemptForm(RecordForm):
    """Why a paper need not be there."""

    ground = forms.ChoiceField(label=gettext_lazy("Căn cứ"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=500, widget=text_area(2))

    def __init__(self, *args: Any, grounds: list[DossierMark.Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["ground"].choices = [(ground.value, ground.label) for ground in grounds]


class PostingForm(RecordForm):
    """One public notice."""

    role = forms.ChoiceField(label=gettext_lazy("Bên niêm yết"))
    posted_on = DayField(label=gettext_lazy("Niêm yết ngày"))
    place = forms.CharField(
        label=gettext_lazy("Nơi niêm yết"),
        max_length=300,
        help_text=gettext_lazy("Bảng tin, hội trường, đài truyền thanh…"),
    )
    document = pick(gettext_lazy("Ảnh hoặc giấy tờ"))
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, roles: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["role"].choices = [
            (rule.id, name_of(rule, self.record.on)) for rule in self.record.entries("postings") if rule.id in roles
        ]

    def draft(self) -> drafts.PostingDraft:
        stated = {name: value for name, value in self.cleaned_data.items() if name != "document"}
        return drafts.PostingDraft(**stated, document_id=self.cleaned_data["document"])


class BenefitsForm(RecordForm):
    """The victims' benefits are settled."""

    settled_on = DayField(label=gettext_lazy("Ngày giải quyết xong"))
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), max_length=500, required=False,
        help_text=gettext_lazy("Không phát sinh chế độ thì ghi rõ vì sao."),
    )  # fmt: skip


class CommuneRecordForm(RecordForm):
    """The commune's record of what happened."""

    recorder = forms.CharField(label=gettext_lazy("Người lập"), max_length=120)
    recorder_title = forms.CharField(label=gettext_lazy("Chức vụ"), max_length=120, required=False)
    news_at = MomentField(label=gettext_lazy("Nhận tin lúc"))
    news_source = forms.CharField(label=gettext_lazy("Nguồn tin"), max_length=200)
    spot = forms.CharField(label=gettext_lazy("Địa điểm cụ thể"), max_length=300)
    task = forms.CharField(label=gettext_lazy("Công việc đang làm"), max_length=300, required=False)
    works_for = forms.CharField(label=gettext_lazy("Làm cho ai, hoặc tự làm"), max_length=200, required=False)
    trained = TriStateField(label=gettext_lazy("Đã được huấn luyện an toàn"))
    insured = TriStateField(label=gettext_lazy("Có bảo hiểm tai nạn lao động tự nguyện"))
    course = forms.CharField(label=gettext_lazy("Diễn biến"), widget=text_area(5), max_length=LONGEST)
    cause_code = forms.TypedChoiceField(label=gettext_lazy("Nguyên nhân sơ bộ"), required=False, empty_value=None)
    injury_agent_code = forms.TypedChoiceField(
        label=gettext_lazy("Yếu tố gây chấn thương"), required=False, empty_value=None
    )
    injury_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Chấn thương (Phụ lục II)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    treated_at = forms.CharField(label=gettext_lazy("Cơ sở y tế"), max_length=200, required=False)
    days_lost = forms.IntegerField(
        label=gettext_lazy("Số ngày nghỉ"), required=False, min_value=0, max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    medical_cost = AmountField(label=gettext_lazy("Chi phí y tế (đồng)"))
    property_damage = AmountField(label=gettext_lazy("Thiệt hại tài sản (đồng)"))
    witnesses = forms.CharField(
        label=gettext_lazy("Người làm chứng"), widget=text_area(2), max_length=2000, required=False,
        help_text=gettext_lazy("Niêm phong khi lưu."),
    )  # fmt: skip
    measures = forms.CharField(label=gettext_lazy("Biện pháp"), widget=text_area(2), max_length=LONGEST, required=False)
    signatories = forms.CharField(
        label=gettext_lazy("Những bên đã ký"), max_length=300, required=False,
        help_text=gettext_lazy("Ủy ban nhân dân, công an, thân nhân, người làm chứng."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_codes(self, clock.local_day(self.record.case.occurred_at))

    def draft(self) -> drafts.CommuneRecordDraft:
        stated = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "injury_codes"}}
        return drafts.CommuneRecordDraft(**stated, injury_codes=tuple(self.cleaned_data["injury_codes"]))


def set_codes(form: forms.Form, day: Any) -> None:
    """The codes of the lists in force on the day of the accident."""
    fields: dict[str, Any] = form.fields
    for name, listed in (("cause_code", CAUSES), ("injury_agent_code", AGENTS)):
        if name in fields:
            fields[name].choices = [*unchosen(_("Chưa rõ")), *codes.choices(listed, day)]
    if "injury_codes" in fields:
        fields["injury_codes"].choices = codes.choices(INJURIES, day)
