"""Investigation of an accident: team, statements, evidence, minutes, meeting, sending, follow-up, dossiers."""
