"""Citations: the content of a reference, and its form in each bibliography format. No files, no markup."""
