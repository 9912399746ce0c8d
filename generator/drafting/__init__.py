"""Drafts with evidence: the text that a model reads, the form of its answer, and the deterministic gates for it.

This package has no network code: a model is a function from instructions and a question to an answer.
"""
