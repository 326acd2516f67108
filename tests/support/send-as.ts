import type { ServerProcess } from './server-process.ts';

/** A request in the session of somebody who is signed in, from the server's own pages, without a browser. */
export function sendAs(
  { url }: Pick<ServerProcess, 'url'>,
  session: string,
  path: string,
  { method = 'GET', body }: { method?: string; body?: object } = {},
): Promise<Response> {
  return fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', origin: url, cookie: `diemnong_session=${session}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
