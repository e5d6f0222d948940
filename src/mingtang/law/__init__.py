"""What rules say: legal instruments as data, and the computations beside them."""
