export interface ConfigProblem {
  file: string;
  line: number | null;
  column: number | null;
  path: string;
  found: string;
  allowed: string;
}

function describe(problem: ConfigProblem): string {
  const place = problem.line === null ? problem.file : `${problem.file}:${problem.line}`;
  const path = problem.path === '' ? '' : `${problem.path}: `;
  return `${place}  ${path}found ${problem.found}; allowed: ${problem.allowed}`;
}

/** Carries every problem of a configuration file, one line each in its message: file:line, path, what was found, what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], options?: ErrorOptions) {
    super(problems.map(describe).join('\n'), options);
    this.problems = problems;
  }
}
