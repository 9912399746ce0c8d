"""The bench: corpora of any size, the stages of a build measured on them, and peers on the same pages."""
