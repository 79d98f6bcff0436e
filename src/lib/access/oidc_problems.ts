/** Why an answer of an identity provider let nobody in; the log keeps these. */
export const oidcRefusals = ['invalid', 'unverified', 'unknown', 'disabled', 'linked_otherwise'] as const;
export type OidcRefusal = (typeof oidcRefusals)[number];

/** Why a sign-in at an identity provider let nobody in. */
export const oidcProblems = ['locked', 'unreachable', 'denied', 'over', ...oidcRefusals] as const;
export type OidcProblem = (typeof oidcProblems)[number];
