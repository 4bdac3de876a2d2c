"""Sound and video: what their containers say, and how to take it out; the stream is not decoded."""
