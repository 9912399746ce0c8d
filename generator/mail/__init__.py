"""Mailings on their way: the journal of what was sent, and the server that takes it."""
