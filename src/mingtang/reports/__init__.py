"""Annual reports: filled from what the rooms count, submitted, put together, signed, published, corrected openly."""
