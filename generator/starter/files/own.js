// The digest's own script, loaded on every page: yours to change, `digest upgrade` never touches it.
