import { inLanes } from './lanes';

test('each is done once, and never more at a time than there are lanes', async () => {
  const done: number[] = [];
  let under = 0;
  let most = 0;
  await inLanes([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++under);
    await Promise.resolve();
    done.push(item);
    under--;
  });
  expect(done).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
