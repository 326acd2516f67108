import { expect, test } from 'vitest';
import { createPileUpCounter } from './pile-ups.ts';

test('a place with more than 50 rows and 0.5% of all is a pile-up, told with its first row', () => {
  const counter = createPileUpCounter();
  for (let row = 2; row < 2002; row++) counter.add(106 + row * 0.0001, 20.5, row);
  for (let row = 5000; row < 5051; row++) counter.add(106.4, 20.6, row);
  for (let row = 6000; row < 6050; row++) counter.add(106.5, 20.6, row);
  expect(counter.find()).toEqual([{ at: [106.4, 20.6], rows: 51, firstRow: 5000 }]);
});

test('in a large file 51 rows on one place are no pile-up', () => {
  const counter = createPileUpCounter();
  for (let row = 0; row < 20_000; row++) counter.add(105 + row * 0.0001, 20.5, row);
  for (let row = 0; row < 100; row++) counter.add(106.4, 20.6, row);
  expect(counter.find()).toEqual([]);
});

test('positions within a metre are one place, those ten metres apart are not', () => {
  const counter = createPileUpCounter();
  for (let row = 0; row < 60; row++) counter.add(106.4 + (row % 2) * 0.000002, 20.6, row);
  for (let row = 0; row < 60; row++) counter.add(106.5 + row * 0.0001, 20.6, row);
  expect(counter.find()).toMatchObject([{ rows: 60 }]);
});

test('with more places than it may remember it still finds the large one', () => {
  const counter = createPileUpCounter(4096);
  for (let row = 0; row < 200_000; row++) {
    counter.add(100 + row * 0.0001, 20.5, row);
    if (row % 20 === 0) counter.add(106.4, 20.6, row);
  }
  const [largest, ...others] = counter.find();
  expect(others).toEqual([]);
  expect(largest?.at).toEqual([106.4, 20.6]);
  expect(largest?.rows).toBeGreaterThan(9900);
  expect(largest?.rows).toBeLessThanOrEqual(10_000);
});
