"""The command line speaks Chinese: click's own words come from our catalogue, whatever the machine's language is."""

import gettext
import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "locale"
DOMAIN, LANGUAGE = "click", "zh_Hans"


def speak_chinese() -> None:
    """Let click find its words in our catalogue; for a process that is the command and nothing else."""
    os.environ["LANGUAGE"] = LANGUAGE
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
