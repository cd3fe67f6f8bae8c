"""One function per verb of the practice; the only place that writes."""
