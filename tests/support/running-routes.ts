import type { Express } from 'express';

/** What Express keeps of a route or a mounted handler (router 2, lib/layer.js). */
type Layer = {
  rawPath: string | undefined;
  handle: { stack?: Layer[] };
  route?: { path: string; methods: Record<string, boolean>; stack: RouteStep[] };
};
/** One handler of a route; `handle` may be replaced while the application runs. */
export type RouteStep = { method: string; handle: unknown };

export type RunningRoute = {
  /** `GET /api/imports/:id` */
  name: string;
  steps: RouteStep[];
};

/** Every route of a running application, those of nested routers included; a route for all methods is listed as `ALL …`. */
export function listRoutes(app: Express): RunningRoute[] {
  return routesOf((app.router as unknown as { stack: Layer[] }).stack, '');
}

function routesOf(stack: Layer[], prefix: string): RunningRoute[] {
  return stack.flatMap(({ route, handle, rawPath }) => {
    if (route === undefined)
      return handle.stack === undefined ? [] : routesOf(handle.stack, `${prefix}${rawPath ?? ''}`);
    const methods = Object.keys(route.methods);
    const named = methods.length > 10 ? ['all'] : methods;
    return named.map((method) => ({
      name: `${method.toUpperCase()} ${prefix}${route.path}`,
      steps: route.stack.filter((step) => method === 'all' || step.method === method),
    }));
  });
}

/** Where handlers are mounted that are no routes: a static folder, a parser, a guard of a prefix. */
export function listMounts(app: Express): string[] {
  return (app.router as unknown as { stack: Layer[] }).stack
    .filter(({ route, handle }) => route === undefined && handle.stack === undefined)
    .map(({ rawPath }) => rawPath ?? '/');
}
