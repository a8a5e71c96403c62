"""Forms with rows: members of a team, measures and faults, findings for each victim, people at the meeting.

Rows need no script: some empty ones stand at the end, and a row left empty is no row.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents.investigation import drafts
from atvsld.casework.accidents.investigation.material import role_label
from atvsld.casework.accidents.investigation.models import Minutes
from atvsld.casework.accidents.investigation.record import Record, name_of
from atvsld.casework.accidents.investigation.web.forms import (
    LONGEST,
    RecordForm,
    set_codes,
    text_area,
    unchosen,
    victim_choices,
)
from atvsld.casework.accidents.models import AccidentCase
from atvsld.platform.acts import clock
from atvsld.platform.ui.fields import css_class
from atvsld.platform.ui.form_fields import AmountField, DayField, MomentField, TriStateField

SPARE = 3


class RowForm(forms.Form):
    """One row. Labels stand in the head of the table; each field carries its own for screen readers."""

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        for bound in self.fields.values():
            bound.widget.attrs |= {"class": css_class(bound.widget), "aria-label": str(bound.label)}


class SheetForm(RecordForm):
    """A form with tables of rows under it (`sheets`) and, for minutes, a part for each victim (`parts`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets: list[tuple[str, BaseFormSet[Any]]] = []
        self.parts: list[tuple[str, forms.Form]] = []

    def is_valid(self) -> bool:
        valid = [super().is_valid(), *(sheet.is_valid() for _title, sheet in self.sheets)]
        return all([*valid, *(part.is_valid() for _title, part in self.parts)])

    def rows(self, prefix: str) -> list[dict[str, Any]]:
        """The rows in which something is written."""
        sheet = next(sheet for _title, sheet in self.sheets if sheet.prefix == prefix)
        return [row.cleaned_data for row in sheet.forms if any(_told(value) for value in row.cleaned_data.values())]

    def add_sheet(
        self, title: str, row: type[RowForm], prefix: str, initial: list[dict[str, Any]], *, spare: int
    ) -> None:
        made = formset_factory(row, extra=spare, max_num=60, absolute_max=60)
        sheet = made(
            self.data if self.is_bound else None, prefix=prefix, initial=initial, form_kwargs={"record": self.record}
        )
        self.sheets.append((title, sheet))


def _told(value: Any) -> bool:
    return value not in ("", None, False)


class MemberRow(RowForm):
    """One member."""

    role = forms.ChoiceField(label=gettext_lazy("Tư cách"), required=False)
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120, required=False)
    agency = forms.CharField(label=gettext_lazy("Đơn vị công tác"), max_length=200, required=False)
    title = forms.CharField(label=gettext_lazy("Chức vụ"), max_length=120, required=False)
    authorisation = forms.CharField(label=gettext_lazy("Văn bản ủy quyền"), max_length=120, required=False)
    is_leader = forms.BooleanField(label=gettext_lazy("Trưởng đoàn"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        rules = self.record.entries("members")
        named = [(rule.id, name_of(rule, self.record.on)) for rule in rules]
        fields["role"].choices = [*unchosen(), *named, ("other", _("Thành viên khác"))]


class TeamForm(SheetForm):
    """The decision and the composition; the rows the law asks for stand there already."""

    decision_number = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60, required=False)
    decision_date = DayField(label=gettext_lazy("Ngày quyết định"))
    signer_name = forms.CharField(label=gettext_lazy("Người ký"), max_length=120)
    signer_title = forms.CharField(label=gettext_lazy("Chức vụ người ký"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_sheet(_("Thành viên"), MemberRow, "members", self._members(), spare=SPARE)

    def _members(self) -> list[dict[str, Any]]:
        if self.record.team:
            names = ("role", "name", "agency", "title", "authorisation", "is_leader")
            return [{name: getattr(one, name) for name in names} for one in self.record.team.members.all()]
        rules = self.record.entries("members")
        return [{"role": rule.id, "is_leader": rule.leader} for rule in rules]

    def draft(self) -> drafts.TeamDraft:
        rows = [row for row in self.rows("members") if row["name"] or row["agency"]]
        members = tuple(drafts.MemberDraft(**{**row, "role": row["role"] or "other"}) for row in rows)
        return drafts.TeamDraft(members=members, **self.cleaned_data)


class MeasureRow(RowForm):
    """Item 10."""

    text = forms.CharField(label=gettext_lazy("Biện pháp"), max_length=LONGEST, required=False, widget=text_area(2))
    responsible = forms.CharField(label=gettext_lazy("Người có trách nhiệm"), max_length=200, required=False)
    due_on = DayField(label=gettext_lazy("Hoàn thành trước ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        stated = self.cleaned_data
        if stated.get("text") and not stated.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Ghi ngày phải hoàn thành."))
        return stated


class FaultRow(RowForm):
    """Item 9."""

    person = forms.CharField(label=gettext_lazy("Họ tên (niêm phong khi lưu)"), max_length=120, required=False)
    role = forms.CharField(label=gettext_lazy("Chức vụ, nghề nghiệp"), max_length=200, required=False)
    breach = forms.CharField(label=gettext_lazy("Mức độ vi phạm"), max_length=2000, required=False, widget=text_area(2))
    handling = forms.CharField(
        label=gettext_lazy("Đề nghị xử lý"), max_length=2000, required=False, widget=text_area(2)
    )


class FindingForm(RecordForm):
    """Items 4, 11–13 for one victim."""

    severity = forms.ChoiceField(
        label=gettext_lazy("Mức độ"),
        required=False,
        choices=[("", gettext_lazy("Chưa rõ")), *AccidentCase.Severity.choices],
    )
    injury = forms.CharField(
        label=gettext_lazy("Tình trạng thương tích"), max_length=4000, required=False, widget=text_area(2),
        help_text=gettext_lazy("Vị trí, mức độ. Niêm phong khi lưu."),
    )  # fmt: skip
    treated_at = forms.CharField(label=gettext_lazy("Nơi điều trị"), max_length=200, required=False)
    first_treatment = forms.CharField(
        label=gettext_lazy("Biện pháp xử lý ban đầu"), max_length=2000, required=False, widget=text_area(2)
    )
    workplace = forms.CharField(label=gettext_lazy("Nơi làm việc"), max_length=200, required=False)
    residence = forms.CharField(
        label=gettext_lazy("Nơi thường trú"), max_length=300, required=False,
        help_text=gettext_lazy("Niêm phong khi lưu."),
    )  # fmt: skip
    service_years = forms.DecimalField(
        label=gettext_lazy("Số năm làm cho người sử dụng lao động"), max_digits=4, decimal_places=1, min_value=0,
        required=False, localize=True,
    )  # fmt: skip
    trade_years = forms.DecimalField(
        label=gettext_lazy("Tuổi nghề (năm)"),
        max_digits=4,
        decimal_places=1,
        min_value=0,
        required=False,
        localize=True,
    )
    skill_grade = forms.CharField(label=gettext_lazy("Bậc thợ"), max_length=40, required=False)
    trained = TriStateField(label=gettext_lazy("Đã được huấn luyện ATVSLĐ"))
    days_lost = forms.IntegerField(
        label=gettext_lazy("Số ngày nghỉ"), required=False, min_value=0, max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    medical_cost = AmountField(label=gettext_lazy("Chi phí y tế (đồng)"))
    wage_cost = AmountField(label=gettext_lazy("Trả lương trong thời gian điều trị (đồng)"))
    compensation_cost = AmountField(label=gettext_lazy("Bồi thường, trợ cấp (đồng)"))
    injury_codes = forms.MultipleChoiceField(
        label=gettext_lazy("Chấn thương (Phụ lục II)"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_codes(self, clock.local_day(self.record.case.occurred_at))

    def draft(self, victim_id: int) -> drafts.FindingDraft:
        stated = self.cleaned_data
        return drafts.FindingDraft(
            **{
                **stated, "victim_id": victim_id, "severity": stated["severity"] or None,
                "injury_codes": tuple(stated["injury_codes"]),
            }
        )  # fmt: skip


class MinutesForm(SheetForm):
    """Items 5–13 of the minutes."""

    variant = forms.ChoiceField(label=gettext_lazy("Mẫu"), choices=Minutes.Variant.choices)
    work_started_at = MomentField(label=gettext_lazy("Bắt đầu làm việc lúc"), required=False)
    hours_worked = forms.DecimalField(
        label=gettext_lazy("Số giờ đã làm việc đến khi tai nạn"), max_digits=5, decimal_places=2, required=False,
        localize=True,
    )  # fmt: skip
    course = forms.CharField(label=gettext_lazy("Diễn biến"), widget=text_area(8), max_length=LONGEST, required=False)
    fault = forms.ChoiceField(
        label=gettext_lazy("Nguyên nhân do lỗi của"), required=False,
        choices=[("", gettext_lazy("Chưa rõ")), *Minutes.Fault.choices],
    )  # fmt: skip
    cause_code = forms.TypedChoiceField(label=gettext_lazy("Nguyên nhân chính"), required=False, empty_value=None)
    injury_agent_code = forms.TypedChoiceField(
        label=gettext_lazy("Yếu tố chính gây chấn thương"), required=False, empty_value=None
    )
    cause_detail = forms.CharField(
        label=gettext_lazy("Phân tích nguyên nhân"), widget=text_area(5), max_length=LONGEST, required=False
    )
    conclusion = forms.ChoiceField(label=gettext_lazy("Kết luận"), choices=AccidentCase.Conclusion.choices)
    conclusion_detail = forms.CharField(
        label=gettext_lazy("Lời kết luận"), widget=text_area(3), max_length=LONGEST, required=False
    )
    property_damage = AmountField(label=gettext_lazy("Thiệt hại tài sản (đồng)"))
    other_cost = AmountField(label=gettext_lazy("Chi phí khác (đồng)"))
    no_statement_reason = forms.CharField(
        label=gettext_lazy("Lý do không lấy được lời khai"), widget=text_area(2), max_length=2000, required=False,
        help_text=gettext_lazy("Chỉ ghi khi không có biên bản lấy lời khai nào."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, minutes: Minutes, opened: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_codes(self, clock.local_day(self.record.case.occurred_at))
        for victim in self.record.victims:
            title = _("Người bị nạn thứ %(n)s") % {"n": victim.position}
            part = FindingForm(
                self.data if self.is_bound else None, prefix=f"v{victim.pk}", record=self.record,
                initial=opened["findings"].get(victim.pk, {}),
            )  # fmt: skip
            self.parts.append((title, part))
        self.add_sheet(
            _("Những người có lỗi, đề nghị hình thức xử lý"), FaultRow, "faults", opened["faults"], spare=SPARE
        )
        measures = [
            {"text": one.text, "responsible": one.responsible, "due_on": one.due_on}
            for one in minutes.recommendations.all()
        ]
        self.add_sheet(
            _("Biện pháp ngăn ngừa tai nạn tương tự hoặc tái diễn"), MeasureRow, "measures", measures, spare=4
        )

    def draft(self) -> drafts.MinutesDraft:
        stated = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        findings = tuple(
            part.draft(victim.pk)
            for victim, (_title, part) in zip(self.record.victims, self.parts, strict=True)
            if isinstance(part, FindingForm)
        )
        return drafts.MinutesDraft(
            **stated, victims=findings, faults=tuple(drafts.FaultDraft(**row) for row in self.rows("faults")),
            measures=tuple(drafts.MeasureDraft(**row) for row in self.rows("measures")),
        )  # fmt: skip


class InviteeRow(RowForm):
    """One asked to the meeting."""

    role = forms.ChoiceField(label=gettext_lazy("Tư cách"), required=False)
    victim = forms.TypedChoiceField(
        label=gettext_lazy("Của người bị nạn"), required=False, coerce=int, empty_value=None
    )
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120, required=False)
    agency = forms.CharField(label=gettext_lazy("Đơn vị"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        named = [(rule.id, name_of(rule, self.record.on)) for rule in self.record.entries("invitees")]
        fields["role"].choices = [*unchosen(), *named, ("other", _("Người khác"))]
        fields["victim"].choices = [*unchosen("–"), *victim_choices(self.record)]


class MeetingForm(SheetForm):
    """When, where, whom; everybody whom the law names stands there already."""

    planned_at = MomentField(label=gettext_lazy("Dự kiến họp lúc"))
    place = forms.CharField(label=gettext_lazy("Tại"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_sheet(_("Thành phần mời họp"), InviteeRow, "invitees", self._invitees(), spare=SPARE)

    def _invitees(self) -> list[dict[str, Any]]:
        meeting = self.record.meeting_of(self.record.writing)
        if meeting is not None:
            return [
                {"role": one.role, "victim": one.victim_id, "name": one.name, "agency": one.agency}
                for one in meeting.participants.all()
            ]
        found: list[dict[str, Any]] = []
        team = list(self.record.team.members.all()) if self.record.team else []
        for rule in self.record.entries("invitees"):
            if rule.id in {"leader", "member"}:
                fitting = [one for one in team if one.is_leader == (rule.id == "leader")]
                found += [{"role": rule.id, "name": one.name, "agency": one.agency} for one in fitting]
            elif rule.per == "victim":
                found += [{"role": rule.id, "victim": victim.pk} for victim in self.record.victims]
            elif rule.required:
                found.append({"role": rule.id})
        return found

    def draft(self) -> drafts.MeetingDraft:
        invitees = tuple(
            drafts.InviteeDraft(
                role=row["role"] or "other", name=row["name"], agency=row["agency"], victim_id=row["victim"]
            )
            for row in self.rows("invitees")
        )
        stated = self.cleaned_data
        return drafts.MeetingDraft(planned_at=stated["planned_at"], place=stated["place"], invitees=invitees)


class AttendanceRow(RowForm):
    """What became of one who was asked."""

    position = forms.IntegerField(widget=forms.HiddenInput)
    attended = forms.TypedChoiceField(
        label=gettext_lazy("Có mặt"), required=False, coerce=lambda value: value == "true", empty_value=None,
        choices=[("", "–"), ("true", gettext_lazy("Có")), ("false", gettext_lazy("Vắng"))],
    )  # fmt: skip
    absence = forms.CharField(label=gettext_lazy("Lý do vắng"), max_length=300, required=False)
    dissent = forms.CharField(
        label=gettext_lazy("Ý kiến không nhất trí"), max_length=4000, required=False, widget=text_area(2)
    )
    signed = forms.BooleanField(label=gettext_lazy("Đã ký"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.caption = self.initial.get("caption", "")


class HeldForm(SheetForm):
    """The meeting as it was held."""

    held_at = MomentField(label=gettext_lazy("Họp lúc"))
    chair = forms.CharField(label=gettext_lazy("Chủ trì"), max_length=120)
    proceedings = forms.CharField(label=gettext_lazy("Nội dung cuộc họp"), widget=text_area(5), max_length=LONGEST)
    employer_signed = forms.BooleanField(
        label=gettext_lazy("Người sử dụng lao động đã ký, đóng dấu vào biên bản cuộc họp"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.record.meeting_of(self.record.writing)
        asked = meeting.participants.all() if meeting else []
        initial = [{"position": one.position, "caption": self._named(one)} for one in asked]
        self.add_sheet(_("Người dự họp"), AttendanceRow, "attendance", initial, spare=0)

    def _named(self, one: Any) -> str:
        who = role_label(self.record, "invitees", one.role)
        return f"{who} ({one.victim.position})" if one.victim else who

    def draft(self) -> drafts.HeldDraft:
        attendance = tuple(drafts.AttendanceDraft(**row) for row in self.rows("attendance"))
        stated = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return drafts.HeldDraft(**stated, attendance=attendance)
