"""What goes wrong: each file one kind of misfortune, `phases` their order.

A fault is a coroutine that strikes, waits, and sets right what does not set itself right. It logs
its start and end; kills and crashes are instants. What it throws, it throws with dice of its own.
"""
