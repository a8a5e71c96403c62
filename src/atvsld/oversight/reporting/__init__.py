"""Statutory tables computed from facts by form specs."""
