"""Generic pure Python shared by every ring: periods, working days, dated values, Vietnamese text."""
