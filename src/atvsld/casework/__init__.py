"""Cases and their work. Siblings do not import one another."""
