"""What the text room must hold: reading files, outlines, obligations, deadlines, quotas, on notices of many habits."""
