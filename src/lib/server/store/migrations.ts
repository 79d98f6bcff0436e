import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { quality } from './migration_quality.ts';

/** The schema of the store, forward only: a migration that was released never changes. Columns of better-auth keep its names. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001_accounts': {
    async up(db: Kysely<unknown>) {
      for (const statement of accounts) await sql.raw(statement).execute(db);
    },
  },
  '0002_audit': {
    async up(db: Kysely<unknown>) {
      for (const statement of audit) await sql.raw(statement).execute(db);
    },
  },
  '0003_configuration': {
    async up(db: Kysely<unknown>) {
      for (const statement of configuration) await sql.raw(statement).execute(db);
    },
  },
  '0004_quality': {
    async up(db: Kysely<unknown>) {
      for (const statement of quality) await sql.raw(statement).execute(db);
    },
  },
};

const grantColumns = `
  role text not null,
  brands text[],
  vendors text[],
  agents text[]`;

const accounts = [
  `create table users (
    id text primary key,
    name text not null,
    email text not null unique check (email = lower(email)),
    "emailVerified" boolean not null,
    image text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp,
    "twoFactorEnabled" boolean
  )`,
  `create table sessions (
    id text primary key,
    "expiresAt" timestamptz not null,
    token text not null unique,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null,
    "ipAddress" text,
    "userAgent" text,
    "userId" text not null references users (id) on delete cascade
  )`,
  `create index sessions_user on sessions ("userId")`,
  `create table credentials (
    id text primary key,
    "accountId" text not null,
    "providerId" text not null,
    "userId" text not null references users (id) on delete cascade,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz,
    scope text,
    password text,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null
  )`,
  `create index credentials_user on credentials ("userId")`,
  `create table verifications (
    id text primary key,
    identifier text not null,
    value text not null,
    "expiresAt" timestamptz not null,
    "createdAt" timestamptz not null default current_timestamp,
    "updatedAt" timestamptz not null default current_timestamp
  )`,
  `create index verifications_identifier on verifications (identifier)`,
  `create table second_factors (
    id text primary key,
    secret text not null,
    "backupCodes" text not null,
    "userId" text not null references users (id) on delete cascade,
    verified boolean,
    "failedVerificationCount" integer,
    "lockedUntil" timestamptz
  )`,
  `create index second_factors_user on second_factors ("userId")`,
  `create table grants (
    user_id text primary key references users (id) on delete cascade,
    ${grantColumns},
    disabled_at timestamptz,
    changed_at timestamptz not null default current_timestamp
  )`,
  `create table links (
    token_hash text primary key,
    kind text not null check (kind in ('invitation', 'reset')),
    user_id text references users (id) on delete cascade,
    email text not null check (email = lower(email)),
    name text not null,
    ${grantColumns},
    made_by text,
    made_at timestamptz not null default current_timestamp,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create table sign_in_failures (
    id bigint generated always as identity primary key,
    key text not null,
    failed_at timestamptz not null default current_timestamp
  )`,
  `create index sign_in_failures_key on sign_in_failures (key, failed_at)`,
];

const audit = [
  `create table audit_log (
    seq integer primary key,
    at timestamptz not null,
    actor_id text,
    actor text not null,
    action text not null,
    subject text not null,
    detail jsonb not null,
    request_id text,
    previous_hash text not null,
    hash text not null
  )`,
  `create table audit_head (id boolean primary key default true check (id), seq integer not null, hash text not null)`,
  `insert into audit_head (seq, hash) values (0, '')`,
  `create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'the audit log only grows';
  end $$`,
  `create trigger audit_log_only_grows before update or delete or truncate on audit_log
    for each statement execute function refuse_change()`,
];

const configuration = [
  `create table configuration (
    id boolean primary key default true check (id),
    sha256 text not null,
    parts jsonb not null,
    seen_at timestamptz not null default current_timestamp
  )`,
  `create unique index credentials_identity on credentials ("providerId", "accountId")`,
];
