import { AppError, oidcCallbackPath } from '@diemnong/contracts';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration as Client,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Configuration, OidcConfiguration } from '../../configuration.ts';

/** What a sign-in at the provider has to remember until the browser comes back. */
export type OidcRequest = { state: string; nonce: string; codeVerifier: string; returnTo: string };
/** Who the provider says it is. `subject` never changes there; `username` is a name people read. */
export type OidcPerson = { subject: string; username: string | undefined };

/** The provider's addresses and keys, asked for once; a provider that did not answer is asked again. */
const clients = new WeakMap<OidcConfiguration, Promise<Client>>();

/** Begin: where to send the browser, and what to remember. Errors: `unavailable` when the provider does not answer. */
export async function beginAtProvider(
  configuration: Configuration,
  returnTo: string,
): Promise<{ url: URL; request: OidcRequest }> {
  const { oidc, redirectUri } = requireOidc(configuration);
  const client = await clientOf(oidc);
  const request = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier(), returnTo };
  const url = buildAuthorizationUrl(client, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state: request.state,
    nonce: request.nonce,
    code_challenge: await calculatePKCECodeChallenge(request.codeVerifier),
    code_challenge_method: 'S256',
  });
  return { url, request };
}

/**
 * Take what the provider sent the browser back with, exchange it, and check state, nonce, issuer, audience, signature and age.
 * @param answer path and query of the request as it came.
 * Errors: the library's, when any of them does not fit or the person declined.
 */
export async function finishAtProvider(
  configuration: Configuration,
  request: OidcRequest,
  answer: string,
): Promise<OidcPerson> {
  const { oidc, redirectUri } = requireOidc(configuration);
  const client = await clientOf(oidc);
  const url = new URL(redirectUri);
  url.search = new URL(answer, redirectUri).search;
  const tokens = await authorizationCodeGrant(client, url, {
    expectedState: request.state,
    expectedNonce: request.nonce,
    pkceCodeVerifier: request.codeVerifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('the provider sent no ID token');
  // Strict providers keep names out of the ID token (OpenID Connect Core 1.0 §5.4).
  const { preferred_username: username } =
    claims.preferred_username === undefined && client.serverMetadata().userinfo_endpoint !== undefined
      ? await fetchUserInfo(client, tokens.access_token, claims.sub)
      : claims;
  return {
    subject: `${claims.iss} ${claims.sub}`,
    username: typeof username === 'string' ? username.trim().toLowerCase() : undefined,
  };
}

/** Errors: `not_found` when no provider is set up. */
function requireOidc({ oidc, publicUrl }: Configuration): { oidc: OidcConfiguration; redirectUri: string } {
  if (oidc === undefined || publicUrl === undefined)
    throw new AppError('not_found', 'Chưa cấu hình máy chủ định danh. (No OpenID Connect provider is set up.)');
  return { oidc, redirectUri: publicUrl + oidcCallbackPath };
}

function clientOf(oidc: OidcConfiguration): Promise<Client> {
  const known = clients.get(oidc);
  if (known !== undefined) return known;
  const asked = askProvider(oidc);
  clients.set(oidc, asked);
  asked.catch(() => clients.delete(oidc));
  return asked;
}

async function askProvider({ issuer, clientId, clientSecret }: OidcConfiguration): Promise<Client> {
  const server = new URL(issuer);
  const isPlain = server.protocol === 'http:';
  if (isPlain && !['localhost', '127.0.0.1', '[::1]'].includes(server.hostname))
    throw new AppError(
      'unavailable',
      `OIDC_ISSUER là "${issuer}": cần https, http chỉ dùng được trên chính máy này. (The issuer must be https.)`,
    );
  try {
    return await discovery(server, clientId, clientSecret, undefined, {
      timeout: 10,
      ...(isPlain ? { execute: [allowInsecureRequests] } : {}),
    });
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `Máy chủ định danh ${issuer} không trả lời đúng: ${cause instanceof Error ? cause.message : String(cause)}. (The OpenID Connect provider does not answer as one.)`,
      { cause },
    );
  }
}
