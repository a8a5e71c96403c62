from atvsld.registers.workers.models.employment import Employment
from atvsld.registers.workers.models.protected_group import ProtectedGroup
from atvsld.registers.workers.models.worker import Worker

__all__ = ["Employment", "ProtectedGroup", "Worker"]
