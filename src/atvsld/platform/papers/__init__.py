"""Papers made from records: drafted, edited, issued under a number, kept by hash, verifiable by whoever holds one."""
