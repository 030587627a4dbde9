"""The parts of the bench that no machine's speed decides: figures, table, scripts."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import fromstring

import pytest
from bench.measuring import Bound, Finding, Measurement, Row, Side, measurement, median, percentile
from bench.paths import MARK, PGBENCH, Ask, Path
from bench.plan import USUAL
from bench.script import Statement, in_words, script

from bench import client, picture, rows, table

INSERT = "INSERT INTO o (id, variant, number, at, note) VALUES ({});"
TELL = "SELECT {}::uuid[], {};"
A, B, C = (UUID(int=number) for number in (10, 11, 12))


def measured(per_second: float, *, p50: float | None = 1.0, p99: float | None = 2.0) -> Measurement:
    return Measurement(per_second, p50, p99, cpu_front=0.5, cpu_database=0.25)


def test_a_percentile_is_a_value_that_so_many_do_not_exceed() -> None:
    values = [float(number) for number in range(100, 0, -1)]

    assert [percentile(values, share) for share in (0, 0.5, 0.99, 1)] == [1, 50, 99, 100]
    assert percentile([7.0], 0.5) == 7
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


def test_a_round_is_told_per_second_and_per_operation() -> None:
    found = measurement([0.001, 0.002, 0.004, 0.1], seconds=2, cpu_front=0.02, cpu_database=0.004)

    assert found == Measurement(per_second=2.0, p50=2.0, p99=100.0, cpu_front=5.0, cpu_database=1.0)


def test_rounds_count_by_their_medians_and_unknown_figures_stay_unknown() -> None:
    found = median([measured(10, p50=9), measured(1000, p50=1), measured(30, p50=5)])

    assert (found.per_second, found.p50, found.cpu_front) == (30, 5, 0.5)
    assert median([measured(10, p50=None, p99=None)]).p50 is None


def test_the_table_tells_the_ratio_and_what_is_below_its_goal() -> None:
    good = Row("listing", PGBENCH, 0.25, measured(500), measured(1000, p50=None), statements=1)
    bad = Row("purchase", PGBENCH, 0.3, measured(1234), measured(10_000, p50=None), statements=22)

    lines = table.table([good, bad]).splitlines()

    assert lines[0].split()[:3] == ["path", "req/s", "p50"]
    assert [" ".join(line.split()) for line in lines[1:]] == [
        "listing 500 1.0 2.0 0.50 0.25 1 pgbench 1,000 0.75 50% 25%",
        "purchase 1,234 1.0 2.0 0.50 0.25 22 pgbench 10,000 0.75 12% 30% below",
    ]


def test_what_is_kept_of_a_run_has_ratios_beside_figures() -> None:
    row = Row("listing", PGBENCH, 0.25, measured(500), measured(2000))

    kept = table.document([row], about={"rounds": 3})

    assert kept["rounds"] == 3
    assert (kept["rows"][0]["ratio"], kept["rows"][0]["met"]) == (0.25, True)
    assert kept["rows"][0]["ours"]["per_second"] == 500


def test_a_purchase_has_to_be_cheap_as_well_as_quick() -> None:
    row = Row("purchase", PGBENCH, 0.3, measured(400), measured(1000), most_cpu=0.75)

    assert row.is_met
    assert not replace(row, most_cpu=0.74).is_met
    assert table.table([replace(row, most_cpu=0.7)]).endswith("CPU above 0.7 ms")


def test_a_bound_is_met_on_its_side_of_the_limit() -> None:
    slow = Bound("acknowledgement, p99", 1001, "ms", Side.AT_MOST, 1000, note="50/s")
    quick = Bound("drain", 1000, "events/s", Side.AT_LEAST, 1000)

    assert (slow.is_met, quick.is_met) == (False, True)
    assert [" ".join(line.split()) for line in table.table([slow, quick]).splitlines()] == [
        "figure measured unit goal note",
        "acknowledgement, p99 1,001 ms ≤ 1,000 missed 50/s",
        "drain 1,000 events/s ≥ 1,000",
    ]
    assert [one["met"] for one in table.document([slow, quick], about={})["bounds"]] == [
        False,
        True,
    ]


def test_the_picture_marks_what_misses_its_goal() -> None:
    found: list[Finding] = [
        Row("listing", PGBENCH, 0.25, measured(500), measured(1000)),
        Bound("start", 4.0, "s", Side.AT_MOST, 2.0),
    ]

    drawn = picture.drawn(found, about={"products": 500})

    assert [picture.share(one) for one in found] == [2.0, 0.5]
    assert (drawn.count(picture.MET), drawn.count(picture.MISSED)) == (1, 1)
    assert "4.00 s (≤ 2)" in drawn
    fromstring(drawn)  # noqa: S314 - our own


def test_each_file_of_rows_says_what_it_is() -> None:
    files = rows.wanted(replace(USUAL, is_full=True))

    assert all(file.NAME and file.PLACE and callable(file.measure) for file in files)
    assert [file for file in files if not file.FULL_ONLY] == rows.wanted(USUAL)
    assert rows.wanted(replace(USUAL, only="there is no such row")) == []


def recorded(order: UUID, *, at: int, number: str, lines: list[UUID]) -> list[Statement]:
    now = datetime(2026, 1, 1, 0, 0, at, tzinfo=UTC)
    return [
        Statement("BEGIN"),
        Statement(INSERT.format("$1::UUID, $2, $3, $4, $5"), ((order, A, number, now, None),)),
        Statement(TELL.format("$2", "$1"), ((f"order.paid:{order}", lines),)),
        Statement("COMMIT"),
    ]


def test_a_script_makes_fresh_ids_and_keeps_all_else_as_it_was() -> None:
    first = recorded(B, at=1, number="S-1", lines=[A, B])
    second = recorded(C, at=2, number="S-2", lines=[A, C])

    made = script(first, second, name="s0")

    fresh = "lpad(to_hex(:id0::bigint), 32, '0')::uuid::text"
    assert made.text.splitlines() == [
        "\\set n :n + 1",
        "\\set u :base + :n",
        "\\set id0 :u * 64 + 0",
        "BEGIN;",
        INSERT.format(f"({fresh})::uuid::UUID, :s0_0, ('b' || :u::text), :s0_1, NULL"),
        TELL.format(
            f"(:s0_2::text || {fresh} || :s0_3::text)::uuid[]", f"(:s0_4::text || {fresh})"
        ),
        "COMMIT;",
    ]
    assert made.variables == {
        "s0_0": str(A),
        "s0_1": "2026-01-01T00:00:01+00:00",
        "s0_2": f"{{{A},",
        "s0_3": "}",
        "s0_4": "order.paid:",
    }


def test_several_executions_of_one_statement_stay_several() -> None:
    twice = [Statement("INSERT INTO l VALUES ($1)", ((1,), (2,)))]

    made = script(twice, twice, name="x")

    assert made.text.splitlines()[2:] == [
        "INSERT INTO l VALUES (:x_0);",
        "INSERT INTO l VALUES (:x_1);",
    ]
    assert made.variables == {"x_0": "1", "x_1": "2"}


def test_recordings_of_different_statements_make_no_script() -> None:
    with pytest.raises(ValueError, match="not of the same statements"):
        script([Statement("SELECT 1")], [Statement("SELECT 2")], name="x")
    clock = [Statement("SELECT to_char(now(), 'HH:MI')")]
    with pytest.raises(ValueError, match="would see a variable"):
        script(clock, clock, name="x")


def test_parameters_are_told_as_postgresql_reads_them() -> None:
    told = [in_words(value) for value in (True, 7, b"\x00\xff", A, [A, None], ['a"b', "c,d"])]

    assert told == ["true", "7", "\\x00ff", str(A), f"{{{A},NULL}}", '{"a\\"b","c,d"}']
    with pytest.raises(TypeError):
        in_words(object())


def test_a_request_is_ready_bytes_with_a_number_of_its_own() -> None:
    ask = Ask("/x", method="POST", headers={"Idempotency-Key": f"k-{MARK}"}, body={"a": 1})
    next_request = Path("x", (ask,), PGBENCH, 0.5).requests()

    one, other = next_request(), next_request()

    assert one.startswith(b"POST /x HTTP/1.1\r\n")
    assert one.endswith(b'Content-Length: 8\r\n\r\n{"a": 1}')
    assert one != other
    assert MARK.encode() not in one


def test_an_answer_is_whole_when_head_and_length_say_so() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nx: y\r\n\r\nhello"

    assert client.split(answer[:20]) is None
    assert client.split(answer) == (answer[: answer.index(b"\r\n\r\n")], len(answer))
    assert client.split(b"HTTP/1.1 204 No Content\r\n\r\n") == (b"HTTP/1.1 204 No Content", 27)
