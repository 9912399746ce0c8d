"""The Nu HTML checker, run over a built site."""
