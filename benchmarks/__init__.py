"""What this machine makes of the book's networks: speed and accuracy."""
