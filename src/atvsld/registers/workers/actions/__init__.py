"""The only writers of the register of workers."""
