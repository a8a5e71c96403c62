"""Taking back what an import wrote, as long as nothing depends on it: found out from the history of the rows."""

from atvsld.platform.imports.undoing.plan import Part, Plan, Reference
from atvsld.platform.imports.undoing.undo import carry_out, plan_of

__all__ = ["Part", "Plan", "Reference", "carry_out", "plan_of"]
