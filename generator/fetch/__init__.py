"""Public records over the network: which addresses to ask, and a polite client that asks them. Knows no papers."""
