import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RequestHandler } from 'express';
import type { AppContext } from '../app-context.ts';

const loopDelay = monitorEventLoopDelay({ resolution: 20 });
loopDelay.enable();

/** The process answers. */
export const answerHealth: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' });
};

/** The process can do its work: the database answered lately. */
export function answerReadiness({ version }: AppContext): RequestHandler {
  return async (_request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    try {
      response.json({ status: 'ready', dataVersion: await version.current() });
    } catch {
      response.status(503).json({ status: 'not ready', reason: 'the database does not answer' });
    }
  };
}

/** Prometheus text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */
export function answerMetrics({ version }: AppContext): RequestHandler {
  return async (_request, response) => {
    const dataVersion = await version.current().catch(() => undefined);
    const { rss, heapUsed } = process.memoryUsage();
    const lines = [
      ['diemnong_up', 'gauge', 1],
      ['diemnong_data_version', 'counter', dataVersion],
      ['process_resident_memory_bytes', 'gauge', rss],
      ['nodejs_heap_used_bytes', 'gauge', heapUsed],
      ['nodejs_eventloop_delay_p99_seconds', 'gauge', loopDelay.percentile(99) / 1e9],
      ['process_uptime_seconds', 'gauge', process.uptime()],
    ]
      .filter(([, , value]) => value !== undefined)
      .map(([name, type, value]) => `# TYPE ${name} ${type}\n${name} ${value}\n`);
    response.type('text/plain; version=0.0.4').send(lines.join(''));
  };
}
