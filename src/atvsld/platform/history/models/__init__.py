from atvsld.platform.history.models.reading import SensitiveReading

__all__ = ["SensitiveReading"]
