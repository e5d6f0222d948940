"""The door of the desk: signing in and out, passwords, sessions, and what happens after repeated failures."""
