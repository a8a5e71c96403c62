from atvsld.registers.establishments.models.enterprise import Enterprise
from atvsld.registers.establishments.models.establishment import Establishment
from atvsld.registers.establishments.models.industry import EstablishmentIndustry
from atvsld.registers.establishments.models.merging import DuplicatePair, EstablishmentMerge
from atvsld.registers.establishments.models.organisation import OshOrganisation
from atvsld.registers.establishments.models.workforce import WorkforceYear

__all__ = [
    "DuplicatePair",
    "Enterprise",
    "Establishment",
    "EstablishmentIndustry",
    "EstablishmentMerge",
    "OshOrganisation",
    "WorkforceYear",
]
