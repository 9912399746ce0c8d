"""Convert raw mappings to records and back. Only this package makes records from untrusted text."""
