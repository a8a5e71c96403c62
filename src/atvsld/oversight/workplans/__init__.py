"""Yearly plans of bodies and establishments: tasks, progress, evidence, handing over."""
