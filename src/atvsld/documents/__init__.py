"""Documents: one model of a paper → HTML, Word, PDF, Excel, JSON with identical figures; no Django, no field term."""
