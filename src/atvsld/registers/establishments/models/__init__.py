from atvsld.registers.establishments.models.contact import Contact
from atvsld.registers.establishments.models.enterprise import Enterprise
from atvsld.registers.establishments.models.establishment import Establishment
from atvsld.registers.establishments.models.hazard import HazardFact
from atvsld.registers.establishments.models.industry import EstablishmentIndustry
from atvsld.registers.establishments.models.merging import DuplicatePair, EstablishmentMerge
from atvsld.registers.establishments.models.organisation import OshOrganisation
from atvsld.registers.establishments.models.site import Site
from atvsld.registers.establishments.models.workforce import WorkforceYear

__all__ = [
    "Contact",
    "DuplicatePair",
    "Enterprise",
    "Establishment",
    "EstablishmentIndustry",
    "EstablishmentMerge",
    "HazardFact",
    "OshOrganisation",
    "Site",
    "WorkforceYear",
]
