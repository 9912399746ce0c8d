"""Drafts with evidence: what a model may read, what it must answer, and the deterministic gates for its answer.

Knows no network: a model is a function from instructions and a question to an answer.
"""
