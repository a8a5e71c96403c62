from atvsld.oversight.obligations.actions.chasing import begin, go_on, write
from atvsld.oversight.obligations.actions.opening import discharge_for, open_period
from atvsld.oversight.obligations.actions.stating import state_fact

__all__ = ["begin", "discharge_for", "go_on", "open_period", "state_fact", "write"]
