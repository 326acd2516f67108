import { expect, it } from 'vitest';
import { sizeOfCell, statisticSizeOf } from './statistic-sizes.ts';

it('asks for the usual size when the address names one without a statistic', () => {
  expect([undefined, 8, 10].map(statisticSizeOf)).toEqual([9, 8, 9]);
});

it('reads the size of a cell from its index, and knows none of the finest ones', () => {
  expect(['874141ac6ffffff', '88414354c7fffff', '8941435487bffff', '8a41435487b7fff'].map(sizeOfCell)).toEqual([
    7,
    8,
    9,
    undefined,
  ]);
});
