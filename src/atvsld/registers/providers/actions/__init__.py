"""The only writers of the register of service providers."""
