/** A file or database that cannot be read as it is: says which, what was found and what to do about it. */
export class ExtractError extends Error {
  override readonly name = 'ExtractError';
  readonly where: string;
  readonly remedy: string;

  constructor(where: string, found: string, remedy: string, cause?: unknown) {
    super(`${where}: ${found}`, { cause });
    this.where = where;
    this.remedy = remedy;
  }
}
