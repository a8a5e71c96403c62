"""Files that come in: column specs, templates, mappings, staging, checks, commit, the corrected file back."""
