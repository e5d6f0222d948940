"""What was taken out of a PDF is gone, by the word of readers that are not ours."""
