"""The kernel: what every module stands on, and nothing about commerce.

Database sessions and who commits (`db`), typed ids (`ids`), `Money` (`money`), one error tree and
its problem+json (`errors`, `problems`), routes that declare who may call them, retry and replay
(`routing`, `access`, `idempotency`), keyset paging (`paging`), the outbox and background jobs
(`outbox`, `jobs`, `worker`), storage, the guarded outgoing client, limits, settings, the clock,
logs and metrics. Every file here may be imported by every module.
"""
