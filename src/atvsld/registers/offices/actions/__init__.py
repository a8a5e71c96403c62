"""The only writers of accounts and offices."""
