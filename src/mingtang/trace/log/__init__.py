"""The transparency log: a Merkle tree over every public act on a record, as static tiles with signed checkpoints."""
