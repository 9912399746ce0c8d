"""Public records over the network: the addresses of sites, and a polite client. Independent of the model of papers."""
