import { createHash } from 'node:crypto';
import { AppError, type Endpoint, type ParsedRequestOf, type Permission, type ResponseOf } from '@diemnong/contracts';
import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import type { Identity } from '../access/identity.ts';
import { scopeKey } from '../access/scope.ts';
import type { AppContext } from '../app-context.ts';
import { type BodyCache, Bytes, encodeBody, encodingFor, sendBody } from './encoded-body.ts';
import { allow, identityOf } from './identify.ts';

/** What a handler may need besides the parsed request. */
export type HttpContext = { request: Request; response: Response; signal: AbortSignal };
/** The same where somebody is signed in: everywhere but on public routes. */
export type SignedInContext = HttpContext & { identity: Identity };

export type ServeOptions = {
  status?: number;
  /** Of what is answered; undefined when this question's answer changes without it, and must not be kept. */
  version?: (input: { query: unknown }) => Promise<number | undefined>;
  bodies?: BodyCache;
};

/**
 * Serve one endpoint to those who may use it: check who asks, parse the request with its schemas, call the handler, answer
 * JSON. A GET whose handler was given `version` carries an ETag made of scope, path, parameters and data version; it answers
 * 304, or a body kept in `bodies`, without calling the handler.
 * Errors: those of `allow`; `invalid_input` with the path of each bad value.
 */
export function serve<E extends Endpoint>(
  { app, context }: { app: Express; context: AppContext },
  endpoint: E,
  permission: Permission,
  handler: (input: ParsedRequestOf<E>, http: SignedInContext) => Promise<ResponseOf<E> | Bytes | undefined>,
  options: ServeOptions = {},
): void {
  app[methodOf(endpoint)](endpoint.path, allow(context, permission), (request, response) =>
    answer(endpoint, request, response, options, scopeKey(identityOf(response).scope), (input, http) =>
      handler(input, { ...http, identity: identityOf(response) }),
    ),
  );
}

/** The same for a route that needs nobody signed in. */
export function servePublic<E extends Endpoint>(
  app: Express,
  endpoint: E,
  handler: (input: ParsedRequestOf<E>, http: HttpContext) => Promise<ResponseOf<E> | Bytes | undefined>,
): void {
  app[methodOf(endpoint)](endpoint.path, (request, response) =>
    answer(endpoint, request, response, {}, 'public', handler),
  );
}

function methodOf({ method }: Endpoint): 'get' | 'post' | 'patch' | 'delete' {
  return method.toLowerCase() as Lowercase<typeof method>;
}

async function answer<E extends Endpoint>(
  endpoint: E,
  request: Request,
  response: Response,
  options: ServeOptions,
  scope: string,
  handler: (input: ParsedRequestOf<E>, http: HttpContext) => Promise<ResponseOf<E> | Bytes | undefined>,
): Promise<void> {
  const input = {
    params: parse(endpoint.params, request.params, 'params'),
    query: parse(endpoint.query, request.query, 'query'),
    body: parse(endpoint.body, request.body ?? {}, 'body'),
  } as ParsedRequestOf<E>;
  const encoding = encodingFor(request);
  let key: string | undefined;
  const version = await options.version?.(input);
  if (version !== undefined) {
    const tag = entityTag(request, scope, version);
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'private, no-cache');
    if (request.headers['if-none-match'] === tag) {
      response.status(304).end();
      return;
    }
    key = `${tag} ${encoding}`;
    const known = options.bodies?.get(key);
    if (known !== undefined) return sendBody(response, known);
  }
  const abort = new AbortController();
  response.on('close', () => abort.abort());
  const result = await handler(input, { request, response, signal: abort.signal });
  if (response.headersSent || result === undefined) return;
  const body = await encodeBody(result instanceof Bytes ? result : toJson(result), encoding);
  if (key !== undefined) options.bodies?.set(key, body);
  if (version === undefined) response.setHeader('Cache-Control', 'no-store');
  response.status(options.status ?? 200);
  sendBody(response, body);
}

function toJson(answer: unknown): Bytes {
  return new Bytes('application/json; charset=utf-8', Buffer.from(JSON.stringify(answer)));
}

/**
 * Weak ETag (the body may be compressed or not) of a GET: how far the account sees, what was asked (path, parameters,
 * representation) and the data version it is answered from. It is the key of kept bodies, too.
 */
function entityTag(request: Request, scope: string, version: number): string {
  const asked = createHash('sha256')
    .update(`${scope} ${request.originalUrl} ${request.headers.accept ?? ''}`)
    .digest('base64url');
  return `W/"${version}-${asked.slice(0, 22)}"`;
}

/** Also for routes that answer something else than JSON. Errors: `invalid_input` with the path of each bad value. */
export function parse(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    path: [where, ...issue.path].join('.'),
    message: issue.message,
  }));
  throw new AppError('invalid_input', issues.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    details: issues,
  });
}
