"""Reporting, programme and indicators: computed from the rings below through their facades and facts."""
