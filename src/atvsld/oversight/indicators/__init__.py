"""Targets of the plan, computed from registers."""
