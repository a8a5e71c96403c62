"""The procedure of an accident case: who is competent, where it stands, what is due and what may follow."""
