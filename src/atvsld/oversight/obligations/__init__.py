"""Reporting obligations: who owes which report for which period, what became of it, and chasing what is missing."""
