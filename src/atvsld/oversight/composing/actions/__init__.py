from atvsld.oversight.composing.actions.reports import PartDraft, remove_report, save_report
from atvsld.oversight.composing.actions.tables import remove_table, save_table
from atvsld.oversight.composing.actions.word_forms import map_marks, remove_word_form, upload_word_form

__all__ = [
    "PartDraft",
    "map_marks",
    "remove_report",
    "remove_table",
    "remove_word_form",
    "save_report",
    "save_table",
    "upload_word_form",
]
