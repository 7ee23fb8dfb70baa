"""What is measured, and how: `python -m benchmarks` prints one table and one JSON line."""
