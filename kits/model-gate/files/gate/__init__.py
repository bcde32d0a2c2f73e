"""Whether a challenger may replace the champion: decided on the same rows, by written limits."""
