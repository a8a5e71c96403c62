"""Estimates, allocations, commitments and spending of tasks."""
