"""Proofs about `mingtang demo` on instances of their own."""
