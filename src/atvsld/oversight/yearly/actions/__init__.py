from atvsld.oversight.yearly.actions.deciding import accept, remark, return_report
from atvsld.oversight.yearly.actions.drafting import Redrafted, redraft, take_figures
from atvsld.oversight.yearly.actions.editing import add, drop, insert_figure, move, rest_on, restore, write
from atvsld.oversight.yearly.actions.opening import Request, address, open_on_request, open_report
from atvsld.oversight.yearly.actions.sending import Signed, issue, paper_of, send

__all__ = [
    "Redrafted", "Request", "Signed", "accept", "add", "address", "drop", "insert_figure", "issue", "move",
    "open_on_request", "open_report", "paper_of", "redraft", "remark", "rest_on", "restore", "return_report", "send",
    "take_figures", "write",
]  # fmt: skip
