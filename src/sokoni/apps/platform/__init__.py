"""What runs Sokoni on a machine: its home, its database, its processes, its state of health.

Everything here is synchronous and imports little, because each command line starts with it.
"""
