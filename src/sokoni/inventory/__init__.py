"""Inventory: how many units of each variant lie where, and which of them are promised.

A level is one variant at one location: `on_hand` units exist, `reserved` of those are promised.
What always holds: 0 <= reserved <= on_hand; on_hand = initial + the sum of its movements;
reserved = the sum of its live holds. A line is taken whole from one location, by priority, then
from where most is.

Lock order: reservation, then levels by (variant_id, location_id); callers touch stock last.
"""
