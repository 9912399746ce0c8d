"""What Lighthouse says of the built site, as a phone sees it."""
