"""The two engines behind the `Index` protocol: Tantivy in a local folder, and PostgreSQL."""
