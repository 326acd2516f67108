import { expect, test } from 'vitest';
import { cameraForBbox, isSameCamera } from './camera.ts';

test('fits the whole world to one tile at zoom 0 and its half to zoom 1, less the padding', () => {
  const size = { width: 512 / 0.88, height: 5000 };
  expect(cameraForBbox([-180, -10, 180, 10], size).zoom).toBeCloseTo(0, 6);
  expect(cameraForBbox([-90, -10, 90, 10], size).zoom).toBeCloseTo(1, 6);
});

test('looks at the middle of the box as the map projects it', () => {
  const { lng, lat } = cameraForBbox([106, 20, 107, 21], { width: 800, height: 600 });
  expect(lng).toBe(106.5);
  expect(lat).toBeGreaterThan(20.5);
  expect(lat).toBeLessThan(20.51);
});

test('takes cameras as the same when they differ by less than the address keeps', () => {
  const camera = { lng: 106.5, lat: 20.5, zoom: 10 };
  expect(isSameCamera(camera, { ...camera, lng: 106.500009 })).toBe(true);
  expect(isSameCamera(camera, { ...camera, zoom: 10.5 })).toBe(false);
});
