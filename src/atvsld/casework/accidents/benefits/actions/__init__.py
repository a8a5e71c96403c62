from atvsld.casework.accidents.benefits.actions.decide import decide_benefit, file_benefit
from atvsld.casework.accidents.benefits.actions.pay import pay_benefit, withdraw_payment
from atvsld.casework.accidents.benefits.actions.read import read_reckoning
from atvsld.casework.accidents.benefits.actions.reckon import reckon_benefit, withdraw_benefit

__all__ = [
    "decide_benefit",
    "file_benefit",
    "pay_benefit",
    "read_reckoning",
    "reckon_benefit",
    "withdraw_benefit",
    "withdraw_payment",
]
