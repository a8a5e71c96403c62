from atvsld.registers.places.models.place import Place, PlaceParent, PlaceSuccession

__all__ = ["Place", "PlaceParent", "PlaceSuccession"]
