from atvsld.casework.accidents.procedure.actions.opening import describe, open_file
from atvsld.casework.accidents.procedure.actions.stepping import advance

__all__ = ["advance", "describe", "open_file"]
