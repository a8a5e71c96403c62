"""Registers of plain acts: one declaration gives list, page, form, export and proof."""
