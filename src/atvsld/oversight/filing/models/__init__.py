from atvsld.oversight.filing.models.attachment import Attachment
from atvsld.oversight.filing.models.draft import DraftEntry
from atvsld.oversight.filing.models.filing import Filing
from atvsld.oversight.filing.models.remark import Remark
from atvsld.oversight.filing.models.submission import Cell, Figure, Submission

__all__ = ["Attachment", "Cell", "DraftEntry", "Figure", "Filing", "Remark", "Submission"]
