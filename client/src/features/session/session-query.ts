import { getSession, type ResponseOf, type SessionUser } from '@diemnong/contracts';
import { queryOptions } from '@tanstack/react-query';
import { sessionKey } from '../../api/query-client.ts';
import { RequestError, request } from '../../api/request.ts';

export type Session = ResponseOf<typeof getSession>;

/** Who is signed in; null = nobody. Asked again when the window is returned to, and when the session should have ended. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await request(getSession, {}, { signal });
    } catch (error) {
      if (error instanceof RequestError && error.status === 401) return null;
      throw error;
    }
  },
  refetchOnWindowFocus: 'always',
  refetchInterval: ({ state }) =>
    state.data ? Math.max(Date.parse(state.data.expiresAt) - Date.now(), 0) + 1000 : false,
});

/** Two answers with the same key see the same and may do the same: what is on screen may stay. */
export function viewerKey({ id, role, provinceCode, communeCode }: SessionUser): string {
  return [id, role, provinceCode, communeCode].join('/');
}
