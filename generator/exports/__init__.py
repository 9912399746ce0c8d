"""Convert the catalog to the files beside the pages."""
