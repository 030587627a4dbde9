"""Breaks each guard of the code, one at a time, in a copy, and asks that a test turns red.

A guard is a piece of code that keeps an invariant under races, crashes or repetition: a condition
in an UPDATE, a unique constraint, an order of locks, a signal to caches. A suite that stays green
without it proves nothing about it. `make guards` runs this; it takes some minutes.
"""
