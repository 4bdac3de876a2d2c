"""Text as a reader sees it, with every place traceable: character folding, views, sentences."""
