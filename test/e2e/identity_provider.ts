import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

/** Whoever is signed in at the provider. */
export interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean | string;
  name?: string;
}

/** How an ID token is made wrong. */
export interface Forgery {
  nonce?: string;
  audience?: string;
  issuer?: string;
  /** Seconds from now. */
  expiresIn?: number;
  /** Signed by a key that nobody published. */
  isForeign?: boolean;
}

/** A small OpenID Connect provider: everybody who comes is `person`, and sent back at once. */
export interface IdentityProvider {
  issuer: string;
  clientSecret: string;
  person: Person;
  forgery: Forgery;
  /** Whether it answers with an error to whatever is asked. */
  isDown: boolean;
  /** Whether the e-mail stands in what /userinfo answers, rather than in the ID token. */
  isTerse: boolean;
  close(): Promise<void>;
}

export const clientId = 'aftersight';

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const codes = new Map<string, URLSearchParams>();
  const provider: Omit<IdentityProvider, 'close'> = {
    issuer: '',
    clientSecret: randomUUID(),
    person: { sub: '1' },
    forgery: {},
    isDown: false,
    isTerse: false,
  };

  const idToken = (nonce: string): Promise<string> => {
    const { forgery, isTerse, person, issuer } = provider;
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...(isTerse ? {} : person), nonce: forgery.nonce ?? nonce })
      .setProtectedHeader({ alg: 'ES256', kid: 'key' })
      .setIssuer(forgery.issuer ?? issuer)
      .setSubject(person.sub)
      .setAudience(forgery.audience ?? clientId)
      .setIssuedAt(now + Math.min(0, forgery.expiresIn ?? 0) - 60)
      .setExpirationTime(now + (forgery.expiresIn ?? 300))
      .sign(forgery.isForeign ? foreign.privateKey : own.privateKey);
  };

  const routes: Record<string, (query: URLSearchParams, request: IncomingMessage) => Promise<object | string>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer: provider.issuer,
      authorization_endpoint: `${provider.issuer}/authorize`,
      token_endpoint: `${provider.issuer}/token`,
      userinfo_endpoint: `${provider.issuer}/userinfo`,
      jwks_uri: `${provider.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    }),
    '/jwks': async () => ({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'key', alg: 'ES256', use: 'sig' }] }),
    '/authorize': async (query) => {
      const code = randomUUID();
      codes.set(code, query);
      const back = new URL(query.get('redirect_uri') ?? '');
      back.search = String(new URLSearchParams({ code, state: query.get('state') ?? '' }));
      return back.href;
    },
    '/token': async (_query, request) => {
      const body = new URLSearchParams(await text(request));
      const asked = codes.get(body.get('code') ?? '');
      codes.delete(body.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url');
      const isRight =
        asked?.get('code_challenge') === challenge &&
        asked.get('code_challenge_method') === 'S256' &&
        asked.get('redirect_uri') === body.get('redirect_uri') &&
        body.get('client_secret') === provider.clientSecret;
      if (!isRight) return { error: 'invalid_grant' };
      return { access_token: 'access', token_type: 'Bearer', id_token: await idToken(asked.get('nonce') ?? '') };
    },
    '/userinfo': async () => provider.person,
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', provider.issuer);
    const route = routes[pathname];
    if (provider.isDown || !route) return void response.writeHead(provider.isDown ? 503 : 404).end();
    const said = await route(searchParams, request);
    if (typeof said === 'string') return void response.writeHead(302, { location: said }).end();
    response.writeHead('error' in said ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The identity provider has no address.');
  provider.issuer = `http://127.0.0.1:${address.port}`;
  return Object.assign(provider, {
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
}
