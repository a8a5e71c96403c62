from atvsld.registers.offices.models.office import Office

__all__ = ["Office"]
