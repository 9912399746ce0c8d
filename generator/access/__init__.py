"""A built site for agents: its records, found and related, behind a read-only Model Context Protocol server."""
