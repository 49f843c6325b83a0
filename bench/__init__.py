"""Speed as ratios, measured side by side in one run: ours against what people do today."""
