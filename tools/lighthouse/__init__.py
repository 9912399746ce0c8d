"""Lighthouse on the built site, on an emulated phone or desktop."""
