import * as client from 'openid-client';
import { z } from 'zod';
import type { OidcSettings } from './config.ts';

const patienceS = 10;
const nameLength = 80;

const profile = z.object({
  email: z.string().optional(),
  // Some providers write the truth value as a text.
  email_verified: z.union([z.boolean(), z.string().transform((text) => text === 'true')]).optional(),
  name: z.string().optional(),
});

const said = z.object({ error: z.string().optional(), error_description: z.string().optional() });

/** Who an identity provider says somebody is. */
export interface Identity {
  issuer: string;
  /** The provider's name for the person, which stays when an address changes. */
  subject: string;
  /** Null unless the provider says that the address is theirs. */
  verifiedEmail: string | null;
  name: string | null;
}

/** What must come back as it went out, kept on this side meanwhile. */
export interface OidcCheck {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** A sign-in that did not come to an identity: refused there by the person, or not to be believed, or the provider is out of reach. */
export class OidcError extends Error {
  override readonly name = 'OidcError';
  readonly kind: 'denied' | 'invalid' | 'unreachable';

  constructor(kind: OidcError['kind'], cause: unknown) {
    super(`the identity provider: ${reasonOf(cause)}`, { cause });
    this.kind = kind;
  }
}

/** An OpenID Connect provider, found by its discovery document when first needed. */
export interface Oidc {
  settings: OidcSettings;
  /** Where to send somebody, and what to keep until they are back. Errors: OidcError. */
  start(redirectUri: string): Promise<{ url: string; check: OidcCheck }>;
  /** Takes a code for an identity: `url` is what they came back to. Errors: OidcError. */
  finish(url: URL, check: OidcCheck): Promise<Identity>;
}

/** Signs in with authorization code, PKCE, state and nonce; ID tokens are verified by the provider's keys. */
export function makeOidc(settings: OidcSettings): Oidc {
  let found: Promise<client.Configuration> | null = null;
  const provider = async () => {
    found ??= discover(settings);
    return found.catch((cause: unknown) => {
      found = null;
      throw new OidcError('unreachable', cause);
    });
  };
  return {
    settings,
    async start(redirectUri) {
      const configuration = await provider();
      const check = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: check.state,
        nonce: check.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(check.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, check };
    },
    async finish(url, { state, nonce, codeVerifier }) {
      const configuration = await provider();
      try {
        const tokens = await client.authorizationCodeGrant(configuration, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
        });
        return await identify(configuration, tokens);
      } catch (cause) {
        throw new OidcError(kindOf(cause), cause);
      }
    },
  };
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const authentication = clientSecret === null ? client.None() : undefined;
  const isPlain = issuer.startsWith('http:');
  return client.discovery(new URL(issuer), clientId, clientSecret ?? undefined, authentication, {
    timeout: patienceS,
    // Without it an ID token that came straight from the provider is believed unsigned.
    execute: [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])],
  });
}

/** Reads the claims of the ID token; what it lacks is asked for, since providers may keep an address out of it. */
async function identify(
  configuration: client.Configuration,
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>,
): Promise<Identity> {
  const token = tokens.claims();
  if (!token) throw new Error('no ID token');
  const { iss: issuer, sub: subject } = token;
  const isWhole = token['email'] !== undefined && token['email_verified'] !== undefined;
  const mayAsk = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const claims = isWhole || !mayAsk ? token : await client.fetchUserInfo(configuration, tokens.access_token, subject);
  const { email, email_verified: isVerified, name = '' } = profile.parse(claims);
  return {
    issuer,
    subject,
    verifiedEmail: isVerified === true ? (email ?? null) : null,
    name: name.trim() === '' ? null : name.trim().slice(0, nameLength),
  };
}

function kindOf(cause: unknown): OidcError['kind'] {
  if (cause instanceof client.AuthorizationResponseError && cause.error === 'access_denied') return 'denied';
  const isTimeout = cause instanceof client.ClientError && cause.code === 'OAUTH_TIMEOUT';
  return cause instanceof TypeError || isTimeout ? 'unreachable' : 'invalid';
}

/** What went wrong and, where the provider said more, its words. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const { error, error_description: description } = said.catch({}).parse(cause);
  const words = [error, description].filter((one) => one !== undefined).join(': ');
  const deeper = cause.cause instanceof Error ? `: ${cause.cause.message}` : '';
  return `${cause.message}${words === '' ? '' : ` (${words})`}${deeper}`;
}
