"""Convert Markdown pages to a site, check it and publish it."""
