"""What changed about papers since their entries were written: from public records to findings. Sends no requests."""
