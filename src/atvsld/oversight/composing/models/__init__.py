from atvsld.oversight.composing.models.report import ComposedPart, ComposedReport
from atvsld.oversight.composing.models.table import SavedTable
from atvsld.oversight.composing.models.word_form import WordForm, WordMark

__all__ = ["ComposedPart", "ComposedReport", "SavedTable", "WordForm", "WordMark"]
