"""What is taken away from the dashboard: files that say the same as the screen."""
