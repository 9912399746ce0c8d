"""A built site for agents: its records, with search, behind a read-only Model Context Protocol server."""
