"""Statistics of rare events: rates, exact intervals, change between periods, targets, disclosure control."""
