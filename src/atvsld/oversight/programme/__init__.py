"""Programmes and plans above: shipped ones and those entered here; the board of clauses."""
