"""Accepted reports: frozen with the facts they rest on, every figure with its passport."""
