"""A dated archive of a digest: content, records, site, what describes them, what changed, and checksums of it all."""
