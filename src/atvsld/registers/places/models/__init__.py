from atvsld.registers.places.models.place import Place, PlaceParent, PlaceSuccession
from atvsld.registers.places.models.reorganisation import Reorganisation

__all__ = ["Place", "PlaceParent", "PlaceSuccession", "Reorganisation"]
