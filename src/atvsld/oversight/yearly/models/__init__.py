from atvsld.oversight.yearly.models.remark import ReportRemark
from atvsld.oversight.yearly.models.report import YearReport
from atvsld.oversight.yearly.models.sentence import ReportSentence, SentenceFigure, SentenceProof

__all__ = ["ReportRemark", "ReportSentence", "SentenceFigure", "SentenceProof", "YearReport"]
