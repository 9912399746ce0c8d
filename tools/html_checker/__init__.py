"""Checks the HTML of a built site with the Nu HTML checker."""
