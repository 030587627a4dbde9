"""Tests of what runs Sokoni on a machine."""
