from atvsld.registers.duties.models.duty import Duty
from atvsld.registers.duties.models.feed import CalendarFeed

__all__ = ["CalendarFeed", "Duty"]
