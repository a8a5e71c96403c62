"""What must be in order before each step of an investigation. Everything missing is named at once."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.dossier import dossiers
from atvsld.casework.accidents.investigation.models import Minutes
from atvsld.casework.accidents.investigation.proofs import proofs
from atvsld.casework.accidents.investigation.record import Record, name_of
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES, check_code
from atvsld.casework.accidents.templatetags.law import cited
from atvsld.kit.certainty import Citation
from atvsld.kit.outcome import Problem, Severity
from atvsld.law import load_book
from atvsld.platform.acts import clock


def team_is_set_up(file: CaseFile) -> list[Problem]:
    """A team of this round with a leader."""
    team = Record(file).team
    if team is None:
        return [Problem("no_team", _("Chưa ghi quyết định thành lập đoàn điều tra."), _("Lập đoàn ở mục Điều tra."))]
    if not any(member.is_leader for member in team.members.all()):
        return [Problem("no_leader", _("Đoàn điều tra chưa có trưởng đoàn."))]
    return []


def expertise_is_asked(file: CaseFile) -> list[Problem]:
    if any(asked.received_on is None for asked in Record(file).expertises):
        return []
    return [Problem("no_expertise", _("Chưa ghi đề nghị giám định nào đang chờ kết quả."), column="asked_of")]


def expertise_is_here(file: CaseFile) -> list[Problem]:
    waiting = [asked for asked in Record(file).expertises if asked.received_on is None]
    return [
        Problem("expertise_waiting", _("Chưa có kết quả: %(which)s.") % {"which": str(asked)}, column="received_on")
        for asked in waiting
    ]


def minutes_are_whole(file: CaseFile) -> list[Problem]:
    """The draft says what the law asks of minutes."""
    record = Record(file)
    if record.writing is None:
        return [Problem("no_minutes", _("Chưa lập biên bản điều tra."), _("Soạn biên bản ở mục Điều tra."))]
    return list(check_minutes(record, record.writing))


def check_minutes(record: Record, minutes: Minutes) -> Iterator[Problem]:
    """Statements or a reason, course, cause, agent, conclusion; the injuries of the severe; what must be confirmed."""
    if not record.statements and not minutes.no_statement_reason.strip():
        message = _("Chưa có biên bản lấy lời khai nào.")
        yield Problem("no_statement", message, _("Lấy lời khai, hoặc ghi lý do không lấy được."), column="no_statement_reason")  # fmt: skip  # noqa: E501
    for column, missing, message in (
        ("course", not minutes.course.strip(), _("Chưa ghi diễn biến.")),
        ("fault", not minutes.fault, _("Chưa ghi nguyên nhân do lỗi của ai.")),
        ("cause_code", not minutes.cause_code, _("Chưa ghi mã nguyên nhân.")),
        ("injury_agent_code", not minutes.injury_agent_code, _("Chưa ghi mã yếu tố gây chấn thương.")),
        ("conclusion", minutes.conclusion == "pending", _("Chưa có kết luận về vụ tai nạn.")),
    ):
        if missing:
            yield Problem(f"no_{column}", message, column=column)
    day = clock.local_day(record.case.occurred_at)
    yield from _blocking(check_code(load_book(), CAUSES, minutes.cause_code, on=day, column="cause_code"))
    yield from _blocking(check_code(load_book(), AGENTS, minutes.injury_agent_code, on=day, column="injury_agent_code"))
    yield from _check_findings(record, minutes)
    yield from _unconfirmed(record)


def _unconfirmed(record: Record) -> Iterator[Problem]:
    for proof in proofs(record, before="draft_minutes"):
        if not proof.evidence:
            message = _("Chưa có một trong các giấy tờ xác nhận: %(papers)s (%(article)s).") % {
                "papers": "; ".join(label for _item, label in proof.papers), "article": cited(proof.rule.citation),
            }  # fmt: skip
            yield Problem(f"no_proof_{proof.rule.id}", message, _("Thêm ở mục Chứng cứ, tài liệu."))


def _check_findings(record: Record, minutes: Minutes) -> Iterator[Problem]:
    day = clock.local_day(record.case.occurred_at)
    found = {finding.victim_id: finding for finding in minutes.victims.all()}
    for victim in record.victims:
        finding, row = found.get(victim.pk), {"n": victim.position}
        if finding is None:
            message = _("Biên bản chưa có người bị nạn thứ %(n)s.") % row
            yield Problem("no_finding", message, _("Mở biên bản và ghi lại."), row=victim.position)
            continue
        if finding.severity is None:
            message = _("Chưa ghi mức độ của người bị nạn thứ %(n)s.") % row
            yield Problem("no_severity", message, row=victim.position, column="severity")
        if finding.severity == "severe" and not finding.injury_codes:
            message = _("Người bị nạn thứ %(n)s bị nặng nhưng chưa có mã chấn thương của Phụ lục II.") % row
            yield Problem("no_injury_code", message, row=victim.position, column="injury_codes")
        if finding.severity == "minor" and finding.injury_codes:
            message = _("Người bị nạn thứ %(n)s ghi nhẹ nhưng có chấn thương thuộc danh mục chấn thương nặng.") % row
            yield Problem("severity_contradicts_injury", message, row=victim.position, column="severity")
        for code in finding.injury_codes:
            yield from _blocking(
                check_code(load_book(), INJURIES, code, on=day, column="injury_codes", row=victim.position)
            )


def _blocking(problems: Iterator[Problem]) -> Iterator[Problem]:
    yield from (problem for problem in problems if problem.severity is Severity.BLOCK)


def everybody_is_asked(file: CaseFile) -> list[Problem]:
    """Everyone whom the law wants at the meeting is on its list."""
    record = Record(file)
    meeting = record.meeting_of(record.writing)
    if meeting is None:
        return [Problem("no_meeting", _("Chưa lập danh sách mời họp công bố."), _("Lập ở mục Điều tra."))]
    asked = {(one.role, one.victim_id) for one in meeting.participants.all()}
    roles = {role for role, _victim in asked}
    found = []
    for rule in record.entries("invitees"):
        if not rule.required:
            continue
        if rule.per == "victim":
            lacking = [victim for victim in record.victims if (rule.id, victim.pk) not in asked]
            names = [f"{name_of(rule, record.on)} ({victim.position})" for victim in lacking]
        else:
            names = [] if rule.id in roles else [name_of(rule, record.on)]
        found += [_lacking("not_asked", _("Chưa mời: %(who)s (%(article)s)."), name, rule.citation) for name in names]
    return found


def meeting_is_recorded(file: CaseFile) -> list[Problem]:
    """When it was held, who came and who did not; the leader chaired it."""
    record = Record(file)
    meeting = record.meeting_of(record.writing)
    if meeting is None or meeting.held_at is None:
        return [Problem("not_held", _("Chưa ghi cuộc họp công bố đã họp."), _("Ghi cuộc họp ở mục Điều tra."))]
    found = []
    for one in meeting.participants.all():
        who = one.agency or _("người dự họp thứ %(n)s") % {"n": one.position}
        if one.attended is None:
            message = _("Chưa ghi có mặt hay vắng: %(who)s.") % {"who": who}
            found.append(Problem("attendance", message, row=one.position, column="attended"))
        elif one.attended is False and not one.absence.strip():
            message = _("Chưa ghi lý do vắng: %(who)s.") % {"who": who}
            found.append(Problem("absence", message, row=one.position, column="absence"))
    present = {one.role for one in meeting.participants.all() if one.attended}
    found += [
        _lacking("must_be_present", _("Phải có mặt: %(who)s (%(article)s)."), name_of(rule, record.on), rule.citation)
        for rule in record.entries("invitees")
        if rule.present and rule.id not in present
    ]
    return found


def minutes_are_sent(file: CaseFile) -> list[Problem]:
    """Every recipient the law names has them, with proof."""
    record = Record(file)
    if record.in_force is None:
        return [Problem("not_published", _("Chưa công bố biên bản điều tra."))]
    return [
        Problem("not_sent", _("Chưa gửi biên bản cho: %(who)s.") % {"who": one.recipient}, row=one.position)
        for one in record.deliveries
        if one.required and one.sent_at is None
    ]


def commune_record_is_whole(file: CaseFile) -> list[Problem]:
    return _commune_problems(Record(file))


def _commune_problems(record: Record) -> list[Problem]:
    held = record.commune_record
    if held is None:
        return [Problem("no_commune_record", _("Chưa lập biên bản ghi nhận."), _("Lập ở mục Điều tra."))]
    found = []
    if not held.injury_agent_code:
        found.append(Problem("no_agent", _("Chưa ghi yếu tố gây chấn thương."), column="injury_agent_code"))
    severe = [victim for victim in record.victims if victim.severity == "severe"]
    if severe and not held.injury_codes and not severe[0].injury_codes:
        message = _("Chưa ghi mã chấn thương của Phụ lục II.")
        found.append(Problem("no_injury_code", message, column="injury_codes"))
    if not held.signatories.strip():
        found.append(Problem("not_signed", _("Chưa ghi những bên đã ký biên bản ghi nhận."), column="signatories"))
    return found


def notices_are_posted(file: CaseFile) -> list[Problem]:
    """Every party bound to post has posted."""
    return _unposted(Record(file))


def _unposted(record: Record) -> list[Problem]:
    posted = {posting.role for posting in record.postings}
    return [
        _lacking("not_posted", _("Chưa niêm yết: %(who)s (%(article)s)."), name_of(rule, record.on), rule.citation)
        for rule in record.entries("postings")
        if rule.id not in posted
    ]


def file_may_close(file: CaseFile) -> list[Problem]:
    """Each victim's dossier is whole, recommendations are settled, benefits are, and the notice was posted."""
    return obstacles(Record(file))


def obstacles(record: Record) -> list[Problem]:
    """Everything that stands against closing, read from a record already at hand."""
    if record.level == "commune":
        return [*_commune_problems(record), *_unposted(record)] if _recorded(record) else []
    if not record.investigated:
        return []
    found = [
        Problem(
            "dossier_incomplete",
            _("Hồ sơ của người bị nạn thứ %(n)s còn thiếu: %(papers)s.")
            % {"n": dossier.victim.position, "papers": "; ".join(line.label for line in dossier.missing)},
            row=dossier.victim.position,
        )
        for dossier in dossiers(record)
        if dossier.missing
    ]
    for recommendation in record.recommendations:
        if not recommendation.settled:
            message = _("Kiến nghị %(n)s chưa có kết quả thực hiện.") % {"n": recommendation.position}
            found.append(Problem("recommendation_open", message, row=recommendation.position))
    return [*found, *_unsettled(record), *_unposted(record)]


def _unsettled(record: Record) -> list[Problem]:
    """What the register of benefits says; where it is silent, what somebody stated."""
    stand = record.settlement
    if stand.known or (not stand.problems and record.investigation.benefits_settled_on is not None):
        return []
    message = _("Chưa ghi đã giải quyết chế độ cho người bị nạn.")
    return list(stand.problems) or [Problem("benefits_open", message, column="benefits_settled_on")]


def _recorded(record: Record) -> bool:
    """The commune records one severe injury without contract; a minor one it only counts."""
    return any(victim.severity == "severe" for victim in record.victims)


def _lacking(code: str, sentence: str, who: str, article: Citation) -> Problem:
    return Problem(code, sentence % {"who": who, "article": cited(article)})
