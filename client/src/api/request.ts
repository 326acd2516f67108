import { type Endpoint, ErrorResponse, type RequestOf, type ResponseOf } from '@diemnong/contracts';
import i18next from 'i18next';

/** What a failed request says. `code` is one of the platform's error codes, or `offline` when no answer came. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly code: string;
  readonly status: number;
  readonly details: unknown;
  /** Seconds to wait before it is worth asking again, when the server named them. */
  readonly retryAfterSeconds: number | undefined;
  constructor(code: string, message: string, options: RequestErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 0;
    this.details = options.details;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** `details.reason`: which of several refusals under one code it is. */
  get reason(): string | undefined {
    const { reason } = (this.details ?? {}) as { reason?: unknown };
    return typeof reason === 'string' ? reason : undefined;
  }
}

type RequestErrorOptions = { status?: number; details?: unknown; cause?: unknown; retryAfterSeconds?: number };

/**
 * Ask one endpoint. Path parameters, query and body are written from the endpoint value, so no URL is typed twice.
 * The answer is parsed with its schema in development and trusted in production. `isBackground`: the page asks by itself, which
 * keeps no session from ending for want of use.
 * Errors: RequestError; an abort rejects with the browser's own AbortError and is to be met with silence.
 */
export async function request<E extends Endpoint>(
  endpoint: E,
  input: RequestOf<E> = {} as RequestOf<E>,
  { isBackground = false, ...options }: { signal?: AbortSignal; isBackground?: boolean } = {},
): Promise<ResponseOf<E>> {
  const hasBody = input.body !== undefined;
  const response = await send(urlOf(endpoint, input), {
    method: endpoint.method,
    headers: {
      accept: 'application/json',
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(isBackground ? { 'x-background': '1' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
    ...options,
  });
  const value: unknown = await response.json();
  return (import.meta.env.DEV ? endpoint.response.parse(value) : value) as ResponseOf<E>;
}

/** The same for an endpoint that also answers in bytes, whichever it chose (see the prose of its contract). */
export async function requestBytes<E extends Endpoint>(
  endpoint: E,
  input: RequestOf<E>,
  options: { signal?: AbortSignal } = {},
): Promise<Uint8Array | ResponseOf<E>> {
  const response = await send(urlOf(endpoint, input), {
    headers: { accept: 'application/octet-stream, application/json;q=0.5' },
    ...options,
  });
  return response.headers.get('content-type')?.includes('json')
    ? ((await response.json()) as ResponseOf<E>)
    : new Uint8Array(await response.arrayBuffer());
}

/** Address of an endpoint with its parameters filled in; undefined query values are left out. */
export function urlOf<E extends Endpoint>(endpoint: E, input: RequestOf<E>): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, string | number | undefined>)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** What a person reads when no answer came, in the language on screen. */
export function noAnswer(cause?: unknown): RequestError {
  return new RequestError('offline', i18next.t('shell:failed.text'), { cause });
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw noAnswer(cause);
  }
  if (response.ok) return response;
  const parsed = ErrorResponse.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success)
    throw new RequestError('internal', `${response.status} from ${url}`, { status: response.status });
  const { code, message, details } = parsed.data.error;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  throw new RequestError(code, message, {
    status: response.status,
    details,
    ...(Number.isFinite(wait) ? { retryAfterSeconds: wait } : {}),
  });
}
