from atvsld.casework.campaigns.actions.opening import change_campaign, open_campaign
from atvsld.casework.campaigns.actions.reminding import Reminded, remind_missing
from atvsld.casework.campaigns.actions.results import open_result, save_result, send_result

__all__ = [
    "Reminded",
    "change_campaign",
    "open_campaign",
    "open_result",
    "remind_missing",
    "save_result",
    "send_result",
]
