"""Rules for the content that the decoder does not check. Each rule is a generator of problems."""
