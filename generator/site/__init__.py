"""Pages to files, files to a site, a site to its place."""
