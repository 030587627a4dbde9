"""Laws of delivery: no event, webhook or job is lost or stuck."""

from sokoni.apps.books.laws.law import Law

SLACK = "interval '120 seconds'"

DELIVERY = (
    Law(
        "paid-orders-have-their-event",
        "delivery",
        "every order that was ever paid has its event",
        """
        SELECT kernel.wire_id('ord', l.order_id) FROM orders.timeline AS l
         WHERE l.kind = 'status' AND l.to_state = 'paid' AND NOT EXISTS (
               SELECT FROM kernel.outbox AS e
                WHERE e.order_id = l.order_id AND e.topic = 'order.paid')
        """,
    ),
    Law(
        "nothing-unsent",
        "delivery",
        "no event waits longer than 120 s, unless it is dead or has a next try",
        f"""
        SELECT event_id::text, topic FROM kernel.outbox
         WHERE state = 'pending' AND created_at < now() - {SLACK}
           AND NOT (attempts > 0 AND next_try_at > now())
        """,  # noqa: S608 - constants
    ),
    Law(
        "nothing-unprocessed",
        "delivery",
        "no webhook waits longer than 120 s, unless its job is dead or has a next try",
        f"""
        SELECT i.event_id, i.kind FROM payments.inbox AS i
         WHERE NOT i.done AND i.received_at < now() - {SLACK} AND NOT EXISTS (
               SELECT FROM kernel.jobs AS j
                WHERE j.name = 'payments.process_webhook'
                  AND j.args = jsonb_build_object('provider', i.provider, 'event_id', i.event_id)
                  AND (j.state = 'dead' OR j.state = 'queued' AND j.run_at > now()))
        """,  # noqa: S608 - constants
    ),
    Law(
        "sent-events-have-effects",
        "delivery",
        "every delivered event has an effect",
        """
        SELECT e.event_id::text FROM kernel.outbox AS e
         WHERE e.state = 'sent' AND NOT EXISTS (
               SELECT FROM kernel.effects AS f WHERE f.dedup_key = e.dedup_key)
        """,
    ),
    Law(
        "nothing-stuck",
        "delivery",
        "no job runs without a heartbeat, no request is in progress for longer than 120 s",
        f"""
        SELECT kernel.wire_id('job', id) FROM kernel.jobs
         WHERE state = 'running' AND heartbeat_at < now() - {SLACK}
        UNION ALL
        SELECT key FROM kernel.idempotency_keys
         WHERE state = 'in_progress' AND created_at < now() - {SLACK}
        """,  # noqa: S608 - constants
    ),
)
