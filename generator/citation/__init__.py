"""A paper as others cite it: what a reference says, and how each bibliography format writes it. No disk, no markup."""
