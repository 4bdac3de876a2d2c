"""A letter of a word processor becomes a page: its words, structure and pictures, nothing hidden.

Mammoth (BSD-2-Clause) was the other choice; it takes hidden text and the cut-off parts of pictures
over, leaves text boxes out without a word and knows no OpenDocument, so the readers are our own.
"""
