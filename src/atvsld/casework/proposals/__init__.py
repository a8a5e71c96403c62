"""Policy proposals and opinions on drafts: collected, consolidated, sent, answered."""
