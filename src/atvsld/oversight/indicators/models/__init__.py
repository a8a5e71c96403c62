from atvsld.oversight.indicators.models.baseline import Baseline

__all__ = ["Baseline"]
