"""One page for the leaders of the province."""
