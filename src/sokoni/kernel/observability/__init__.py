"""What a process tells about itself: logs (`logs`), numbers (`metrics`), requests (`requests`)."""
