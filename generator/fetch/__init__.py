"""Requests to public registries, web pages and language models over the network. Independent of the model of papers."""
