from atvsld.casework.campaigns.models.campaign import Campaign
from atvsld.casework.campaigns.models.result import CampaignFigure, CampaignResult, CampaignSending

__all__ = ["Campaign", "CampaignFigure", "CampaignResult", "CampaignSending"]
