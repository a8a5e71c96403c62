"""Accounts, access, acts, history, jobs, imports and the user-interface kit. No word of the field here."""
