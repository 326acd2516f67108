import {
  confirmTotp,
  deleteSession,
  deleteTotp,
  postPassword,
  postSession,
  postTotp,
  type RequestOf,
  type SessionUser,
} from '@diemnong/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sessionKey } from '../../api/query-client.ts';
import { request } from '../../api/request.ts';
import { useLanguage } from '../../i18n/use-language.ts';
import { signInPath } from './next-address.ts';
import { tellSessionMoved } from './session-channel.ts';
import type { Session } from './session-query.ts';
import { ownSessionsKey } from './use-own-sessions.ts';

type Body<E> = NonNullable<RequestOf<E> extends { body?: infer B } ? B : never>;

/** Signing in fills the session; whoever waits for it (the frame, the sign-in page) goes on by itself. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<typeof postSession>) => request(postSession, { body }),
    onSuccess: async (session: Session) => {
      client.setQueryData(sessionKey, session);
      tellSessionMoved();
      // What was refused while nobody was signed in is asked again; the rest of the screen stands.
      await client.refetchQueries({ predicate: ({ state }) => state.status === 'error' });
    },
  });
}

/** Signing out loads the page anew: nothing that was read stays in this window's memory. */
export function useSignOut() {
  const language = useLanguage();
  return useMutation({
    mutationFn: () => request(deleteSession),
    onSuccess: () => {
      tellSessionMoved();
      window.location.assign(language === 'en' ? `${signInPath}?lang=en` : signInPath);
    },
  });
}

/** What people do to their own account. Each answers with the account as it is afterwards. */
export function useOwnAccount() {
  const client = useQueryClient();
  const keep = async ({ user }: { user: SessionUser }) => {
    client.setQueryData<Session | null>(sessionKey, (session) => session && { ...session, user });
    await client.invalidateQueries({ queryKey: ownSessionsKey });
  };
  const password = useMutation({
    mutationFn: (body: Body<typeof postPassword>) => request(postPassword, { body }),
    onSuccess: keep,
  });
  const beginTotp = useMutation({
    mutationFn: (body: Body<typeof postTotp>) => request(postTotp, { body }),
  });
  const confirm = useMutation({
    mutationFn: (body: Body<typeof confirmTotp>) => request(confirmTotp, { body }),
    onSuccess: keep,
  });
  const endTotp = useMutation({
    mutationFn: (body: Body<typeof deleteTotp>) => request(deleteTotp, { body }),
    onSuccess: keep,
  });
  return { password, beginTotp, confirm, endTotp };
}
