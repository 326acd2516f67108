import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchData } from './data-watch.ts';

const second = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch of one look a second over data whose version the test says; `world` is what the parts answer. */
function start(world: Partial<{ version: number; isFresh: boolean }> = {}) {
  const state = { version: 1, isFresh: false, ...world };
  const parts = {
    basisOf: vi.fn((dataVersion: number) => `basis of ${dataVersion}`),
    isFresh: vi.fn(() => Promise.resolve(state.isFresh)),
    refresh: vi.fn<(signal: AbortSignal) => Promise<Record<string, number> | undefined>>(async () => ({ opened: 2 })),
  };
  const log = { info: vi.fn(), warn: vi.fn() };
  const version = { current: vi.fn(() => Promise.resolve(state.version)) };
  const watch = watchData({ log, version }, { name: 'notes', lookEveryMs: second, patientLooks: 3, ...parts });
  return { state, log, version, watch, ...parts };
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * second);

it('looks first after a pause, refreshes once, and then asks for what there is alone', async () => {
  const { version, isFresh, refresh, log } = start();
  expect(version.current).not.toHaveBeenCalled();
  await pass(1);
  expect(refresh).toHaveBeenCalledTimes(1);
  expect(log.info).toHaveBeenCalledWith(expect.objectContaining({ opened: 2, dataVersion: 1 }), 'notes refreshed');
  await pass(10);
  expect(version.current).toHaveBeenCalledTimes(11);
  expect(isFresh).toHaveBeenCalledTimes(1);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('refreshes nothing that another process has seen to', async () => {
  const { state, isFresh, refresh } = start({ isFresh: true });
  await pass(3);
  expect(isFresh).toHaveBeenCalledTimes(1);
  expect(refresh).not.toHaveBeenCalled();
  state.version = 2;
  await pass(3);
  expect(isFresh).toHaveBeenLastCalledWith('basis of 2', 2);
  expect(refresh).not.toHaveBeenCalled();
});

it('waits until data that moved have come to rest', async () => {
  const { state, refresh } = start();
  await pass(1);
  state.version = 2;
  await pass(1);
  expect(refresh).toHaveBeenCalledTimes(1);
  await pass(1);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('waits no more than its patience for data that never rest', async () => {
  const { state, refresh } = start();
  await pass(1);
  for (let looks = 1; looks <= 6; looks++) {
    state.version++;
    await pass(1);
    expect(refresh).toHaveBeenCalledTimes(1 + Math.floor(looks / 3));
  }
});

it('sees a change of what there is while the data stand still', async () => {
  const { basisOf, refresh } = start();
  await pass(2);
  expect(refresh).toHaveBeenCalledTimes(1);
  basisOf.mockReturnValue('a step was entered');
  await pass(2);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('never refreshes twice at a time', async () => {
  const { refresh } = start();
  const { promise, resolve } = Promise.withResolvers<Record<string, number>>();
  refresh.mockReturnValueOnce(promise);
  await pass(20);
  expect(refresh).toHaveBeenCalledTimes(1);
  resolve({ opened: 0 });
  await pass(5);
  expect(refresh).toHaveBeenCalledTimes(1); // it was done
});

it('tries again at the next look after a failure, and after a refresh that wrote nothing', async () => {
  const { refresh, log } = start();
  const failure = new Error('the database is away');
  refresh.mockRejectedValueOnce(failure).mockResolvedValueOnce(undefined);
  await pass(1);
  expect(log.warn).toHaveBeenCalledWith({ err: failure }, 'notes not refreshed');
  await pass(1);
  expect(log.info).not.toHaveBeenCalled();
  await pass(1);
  expect(log.info).toHaveBeenCalledTimes(1);
  await pass(5);
  expect(refresh).toHaveBeenCalledTimes(3);
  expect(log.warn).toHaveBeenCalledTimes(1);
});

it('tries again when the data version could not be read', async () => {
  const { version, refresh, log } = start();
  version.current.mockRejectedValueOnce(new Error('no connection'));
  await pass(1);
  expect(log.warn).toHaveBeenCalledTimes(1);
  expect(refresh).not.toHaveBeenCalled();
  await pass(1);
  expect(refresh).toHaveBeenCalledTimes(1);
});

it('stops before its first look', async () => {
  const { watch, version } = start();
  await watch.stop();
  await pass(5);
  expect(version.current).not.toHaveBeenCalled();
});

it('stops when the look under way has ended, which is told to write nothing more and is no failure', async () => {
  const { watch, version, refresh, log } = start();
  refresh.mockImplementationOnce(
    (signal) =>
      new Promise((_, fail) => {
        signal.addEventListener('abort', () => setTimeout(() => fail(signal.reason), 3 * second));
      }),
  );
  await pass(1);
  let isStopped = false;
  const stopped = watch.stop().then(() => {
    isStopped = true;
  });
  await pass(2);
  expect(isStopped).toBe(false);
  await pass(1);
  await stopped;
  await pass(5);
  expect(version.current).toHaveBeenCalledTimes(1);
  expect(log.warn).not.toHaveBeenCalled();
});
