"""A read-only Model Context Protocol server for the records of a built site."""
