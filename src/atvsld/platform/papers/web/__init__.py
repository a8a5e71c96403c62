"""Pages of papers: drafting, issuing, templates, and the public page of verification."""
