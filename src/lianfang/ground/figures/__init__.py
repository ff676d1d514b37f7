"""The register of figures: what each number means, how it is counted, and what was typed."""
