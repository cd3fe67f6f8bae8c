"""What people type around circles."""
