"""What became of papers since their entries were written: from public records to findings. Asks nobody itself."""
