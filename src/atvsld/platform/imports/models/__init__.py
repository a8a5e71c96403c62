from atvsld.platform.imports.models.profile import MappingProfile
from atvsld.platform.imports.models.run import ImportRun

__all__ = ["ImportRun", "MappingProfile"]
