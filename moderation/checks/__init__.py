"""The rules and the code that looks for them, one module a rule, in families."""
