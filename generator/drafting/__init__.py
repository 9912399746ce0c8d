"""Drafts with evidence: the text that a model reads, the schema of its answer, and deterministic gates for the answer.

This package has no network code: a model is a function from instructions and a question to an answer.
"""
