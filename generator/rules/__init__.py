"""Rules for the content that the decoder does not check. Each rule is a generator of problems.

The name and the docstring of a rule state what is true of faultless content.
"""
