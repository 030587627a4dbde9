/** Does something with each, some at a time: the next begins as soon as one is done. */
export async function inLanes<T>(
  all: readonly T[],
  lanes: number,
  each: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...all];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      // One after the other is what a lane is.
      // oxlint-disable-next-line no-await-in-loop
      await each(item);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
