from atvsld.oversight.indicators.actions.locking import lift_baseline, lock_baseline

__all__ = ["lift_baseline", "lock_baseline"]
