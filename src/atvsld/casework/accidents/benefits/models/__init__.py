from atvsld.casework.accidents.benefits.models.benefit import Benefit
from atvsld.casework.accidents.benefits.models.payment import BenefitPayment

__all__ = ["Benefit", "BenefitPayment"]
