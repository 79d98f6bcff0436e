import type { Translate } from '#lib/i18n/translate.ts';
import type { GrantProblem } from '#lib/server/grant_form.ts';
import type { AccountError } from '#lib/server/store/accounts.ts';

/** Why an account was not made or changed. */
export type AccountProblem =
  | GrantProblem
  | { kind: AccountError['kind'] | 'unconfirmed' }
  | { kind: 'invalid'; fields: ('name' | 'email' | 'role')[] };

/** Says it, naming the fields. */
export function problemText(t: Translate, problem: AccountProblem): string {
  const join = (texts: readonly string[]) => texts.join(t('casesPage.and'));
  switch (problem.kind) {
    case 'invalid':
      return t('access.accounts.invalid', { what: join(problem.fields.map((field) => t(`access.accounts.${field}`))) });
    case 'scopeMissing':
      return t('access.accounts.scopeMissing', {
        what: join(problem.fields.map((field) => t(`access.account.${field}`))),
      });
    case 'unknown':
      return t('access.accounts.unknown', { what: join(problem.ids) });
    default:
      return t(`access.accounts.${problem.kind}`);
  }
}
