"""The one door: raw mappings to records and back. Nothing else makes a record from untrusted text."""
