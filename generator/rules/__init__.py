"""What must hold between records: each rule a small generator of problems over the content."""
