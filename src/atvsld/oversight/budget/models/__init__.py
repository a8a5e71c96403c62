from atvsld.oversight.budget.models.line import BudgetLine, LineHolding
from atvsld.oversight.budget.models.money import Allocation, Commitment, Entry, Payment

__all__ = ["Allocation", "BudgetLine", "Commitment", "Entry", "LineHolding", "Payment"]
