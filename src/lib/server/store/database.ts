import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Role } from '#lib/access/roles.ts';
import type { QualityTables } from './database_quality.ts';

type Instant = ColumnType<Date, Date | string, Date | string>;
type MadeInstant = ColumnType<Date, Date | string | undefined, Date | string>;

/** Tables whose columns better-auth names and fills. */
interface AuthTables {
  users: {
    id: string;
    name: string;
    email: string;
    emailVerified: boolean;
    image: string | null;
    createdAt: MadeInstant;
    updatedAt: MadeInstant;
    twoFactorEnabled: boolean | null;
  };
  sessions: {
    id: string;
    expiresAt: Instant;
    token: string;
    createdAt: MadeInstant;
    updatedAt: Instant;
    ipAddress: string | null;
    userAgent: string | null;
    userId: string;
  };
  credentials: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    accessToken: string | null;
    refreshToken: string | null;
    idToken: string | null;
    accessTokenExpiresAt: Instant | null;
    refreshTokenExpiresAt: Instant | null;
    scope: string | null;
    password: string | null;
    createdAt: MadeInstant;
    updatedAt: Instant;
  };
  verifications: {
    id: string;
    identifier: string;
    value: string;
    expiresAt: Instant;
    createdAt: MadeInstant;
    updatedAt: MadeInstant;
  };
  second_factors: {
    id: string;
    secret: string;
    backupCodes: string;
    userId: string;
    verified: boolean | null;
    failedVerificationCount: number | null;
    lockedUntil: Instant | null;
  };
}

/** What an account may see: its role, and lists where null stands for all. */
interface GrantColumns {
  role: Role;
  brands: string[] | null;
  vendors: string[] | null;
  agents: string[] | null;
}

/** The operational store: what people did, unlike the warehouse, which holds what happened. */
export interface Database extends AuthTables, QualityTables {
  grants: GrantColumns & { user_id: string; disabled_at: Instant | null; changed_at: MadeInstant };
  /** Invitations and password resets; only the hash of what stands in the link is kept. */
  links: GrantColumns & {
    token_hash: string;
    kind: 'invitation' | 'reset';
    user_id: string | null;
    email: string;
    name: string;
    made_by: string | null;
    made_at: MadeInstant;
    expires_at: Instant;
    used_at: Instant | null;
  };
  sign_in_failures: { id: Generated<number>; key: string; failed_at: MadeInstant };
  audit_log: {
    seq: number;
    at: Instant;
    actor_id: string | null;
    actor: string;
    action: string;
    subject: string;
    detail: JSONColumnType<Record<string, unknown>>;
    request_id: string | null;
    previous_hash: string;
    hash: string;
  };
  /** One row: the configuration last seen in force, by the hash of its file and of each of its parts. */
  configuration: { id: boolean; sha256: string; parts: JSONColumnType<Record<string, string>>; seen_at: MadeInstant };
  /** One row: how far the log goes, so that a last row removed shows too. */
  audit_head: { id: boolean; seq: number; hash: string };
}
