"""A dated archive of a digest: content, records, site, metadata, changes, and checksums."""
