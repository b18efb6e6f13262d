"""What leaves on a file: which columns there are, cells that stay text, and the lock around them."""
