import type { z } from 'zod';

/**
 * One HTTP endpoint as a value: the server serves it, the client and the tests request it, so that no URL, verb or
 * type is written twice. `query` and `params` arrive as text; write `z.coerce` there. The response schema describes the
 * wire: it is parsed in tests and development, trusted in production.
 */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Express path: `/api/imports/:id`. */
  path: string;
  params?: Params;
  query?: Query;
  body?: Body;
  response: Response;
};

export function endpoint<
  Response extends z.ZodType,
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(value: Endpoint<Params, Query, Body, Response>): Endpoint<Params, Query, Body, Response> {
  return value;
}

/** What the caller of an endpoint gives: params, query and body before coercion. */
export type RequestOf<E> =
  E extends Endpoint<infer P, infer Q, infer B>
    ? { params?: z.input<P>; query?: z.input<Q>; body?: z.input<B> }
    : never;

/** What the handler of an endpoint gets: params, query and body after parsing. */
export type ParsedRequestOf<E> =
  E extends Endpoint<infer P, infer Q, infer B>
    ? { params: z.output<P>; query: z.output<Q>; body: z.output<B> }
    : never;

export type ResponseOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
