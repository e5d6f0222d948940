"""Proofs about bodies and permission that need every room: the matrix of roles and verbs, the import command."""
