"""Tables and reports that officers compose themselves, and Word forms filled from figures that exist."""
