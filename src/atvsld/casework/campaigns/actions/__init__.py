from atvsld.casework.campaigns.actions.opening import change_campaign, open_campaign
from atvsld.casework.campaigns.actions.results import open_result, save_result, send_result

__all__ = ["change_campaign", "open_campaign", "open_result", "save_result", "send_result"]
