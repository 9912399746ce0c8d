"""Growth of work with size, counted in steps: nothing here measures seconds."""
