"""What one family's file is when it goes to another country: signed, and locked to who receives it."""
