"""The chaos harness: the real shop under faults, and three witnesses that compare notes after it.

`python -m chaos --help`. It starts two API processes, two workers, a PostgreSQL of its own with
fsync on and a payment server that speaks Stripe's protocol; lets seeded buyers shop; kills and
cuts whatever can be killed and cut; waits for quiet; and compares what the buyers were told, what
the provider booked and what the database says. Not part of the product, which never imports it.

- `world/` starts the shop and keeps it alive; `wire.py` is the faulty TCP wire; `launch.py` runs
  the `sokoni` command in a process with a shifted clock or a planted bug.
- `faults/` is what goes wrong; `plan.py` says for how long; `expectations.py` what is expected of
  the shop meanwhile.
- `buyers/`, `journal.py`, `laws.py`, `witnesses/`, `planted.py`, `verdict.py`: who shops, what they
  were told, what must hold each second, and what must hold in the end.
"""
