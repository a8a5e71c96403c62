"""The writers of accident cases."""

from atvsld.casework.accidents.actions.cases import change_case, open_case
from atvsld.casework.accidents.actions.identity import read_identities
from atvsld.casework.accidents.actions.summary import refresh
from atvsld.casework.accidents.actions.victims import add_victim, change_victim, remove_victim

__all__ = ["add_victim", "change_case", "change_victim", "open_case", "read_identities", "refresh", "remove_victim"]
