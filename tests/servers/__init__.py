"""Real servers for the tests, started and ended by the test run: PostgreSQL, Chromium and an instance of Mingtang."""
