"""Newsletters: the message, the journal of what was sent, delivery, and the connection to the SMTP server."""
