"""What Chidao costs beside its peers: ``python -m benchmarks [--quick] [--json] [SECTION…]``."""
