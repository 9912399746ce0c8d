"""Convert the catalogue to the files beside the pages."""
