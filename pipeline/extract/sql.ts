/** What counts as empty around a value: DuckDB's trim takes only the plain space unless told. */
export const spaces = ' \t\r\n\u3000\u00a0\ufeff';

/** Quotes a text as an SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Quotes a name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a path for DuckDB's readers, which would otherwise read `[`, `*` and `?` as a pattern. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[[*?]/g, (character) => `[${character}]`));
}

/** Writes a CASE that evaluates `then` only for texts in which one of the patterns occurs. */
export function when(patterns: readonly string[], text: string, then: string, otherwise: string): string {
  const occurs = patterns.map((pattern) => `regexp_matches(${text}, ${literal(pattern)})`).join(' or ');
  return `case when ${occurs} then ${then} else ${otherwise} end`;
}
