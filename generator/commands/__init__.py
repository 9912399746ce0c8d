"""One module a command; the only place where store, importers, rules, pages, exports and output meet."""
