"""Proofs about the event stream that need processes of their own."""
