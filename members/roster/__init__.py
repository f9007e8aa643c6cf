"""What an office's member roster says: its columns, and the reading of its rows."""
