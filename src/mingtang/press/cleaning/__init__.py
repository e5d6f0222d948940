"""Safe copies of office files and pictures: what is hidden is taken out, words are changed by a function given.

clean_word(data, veil), clean_workbook(data, veil, columns) , clean_picture(data, boxes) -> bytes
"""

from mingtang.press.cleaning.picture import clean_picture
from mingtang.press.cleaning.word import clean_word
from mingtang.press.cleaning.workbook import clean_workbook

__all__ = ["clean_picture", "clean_word", "clean_workbook"]
