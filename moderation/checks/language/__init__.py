"""Abusive, racist, sexual, threatening, extremist and defamatory language."""
