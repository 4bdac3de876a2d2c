"""Benchmarks, and the drawing of the example school."""
