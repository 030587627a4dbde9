"""`python -m chaos`: ten minutes of misfortune, and whether the shop kept its promises."""

import argparse
import asyncio
import random
import shutil
import sys
from pathlib import Path

from chaos import plan as plans
from chaos import verdict
from chaos.run import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="of all dice; made up, and printed, if not given")
    parser.add_argument("--minutes", type=float, help="of misfortune, without start and quiet")
    parser.add_argument("--smoke", action="store_true", help="three minutes all in")
    parser.add_argument("--teeth", action="store_true", help="just enough to find a planted bug")
    parser.add_argument("--plant", default="", metavar="BUG", help="plant this classic bug")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the outcome here")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.randrange(1_000_000)
    print(f"seed {seed}", flush=True)
    chosen = {"smoke": plans.SMOKE, "teeth": plans.TEETH}
    plan = next((chosen[name] for name in chosen if getattr(asked, name)), plans.WHOLE)
    if asked.minutes:
        plan = plan.lasting(asked.minutes)
    outcome = asyncio.run(run(plan, seed=seed, plant=asked.plant))
    code = verdict.tell(outcome, json_file=asked.json)
    if code == 0:
        shutil.rmtree(outcome.world.home, ignore_errors=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
