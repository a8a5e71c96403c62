from atvsld.oversight.programme.models.entered import EnteredProgramme

__all__ = ["EnteredProgramme"]
