/**
 * An OpenID Connect provider in a process of its own, as a province would run one: any name and password sign in, with
 * oidc-provider's own forms. argv: port, redirect address, JSON {subject: preferred_username}, then `strict` to keep names out of
 * the ID token.
 */
import Provider from 'oidc-provider';

const [port, redirectUri, names, mode] = process.argv.slice(2);
const usernames = JSON.parse(names);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'diemnong', client_secret: 'client-secret', redirect_uris: [redirectUri] }],
  claims: { openid: ['sub'], profile: ['preferred_username'] },
  conformIdTokenClaims: mode === 'strict',
  cookies: { keys: ['cookie key of a test'] },
  findAccount: (_context, sub) => ({
    accountId: sub,
    claims: () => ({ sub, preferred_username: usernames[sub] }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => process.send('ready'));
process.on('disconnect', () => process.exit(0));
