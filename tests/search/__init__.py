"""How well search finds: a judged set, and the engines over it."""
