from atvsld.oversight.obligations.models.opening import PeriodOpening
from atvsld.oversight.obligations.models.reminding import ReminderBatch, ReminderLetter
from atvsld.oversight.obligations.models.stated import StatedFact

__all__ = ["PeriodOpening", "ReminderBatch", "ReminderLetter", "StatedFact"]
