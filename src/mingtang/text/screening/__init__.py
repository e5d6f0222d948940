"""What must not go out as it stands: personal data, secrecy marks, slips of official writing, each with its place."""

from mingtang.text.screening.finding import Finding, Gate, Severity, masked
from mingtang.text.screening.screen import screen

__all__ = ["Finding", "Gate", "Severity", "masked", "screen"]
