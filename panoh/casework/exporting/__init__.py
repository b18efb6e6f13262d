"""What leaves on a file: which columns there are, and the lock around it."""
