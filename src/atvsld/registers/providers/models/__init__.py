from atvsld.registers.providers.models.person import ProviderPerson
from atvsld.registers.providers.models.provider import ServiceProvider
from atvsld.registers.providers.models.qualification import ProviderQualification, ProviderSuspension

__all__ = ["ProviderPerson", "ProviderQualification", "ProviderSuspension", "ServiceProvider"]
