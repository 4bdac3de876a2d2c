"""From files to a verdict: plan, run, executors."""
