/** An error that the server reported, with its five-character SQLSTATE. */
export function isServerAnswer(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code) &&
    'severity' in error
  );
}

/** Tells what the server or the way to it did wrong from errors of this program. */
export function isDatabaseFault(error: unknown): boolean {
  if (isServerAnswer(error)) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError || /timeout|terminated|Connection|SSL|SASL|getaddrinfo/i.test(error.message))
    return true;
  return (
    'code' in error &&
    typeof error.code === 'string' &&
    /^E(CONN|HOST|NET|NOTFOUND|TIMEDOUT|PIPE|AI_)|CERT|TLS/.test(error.code)
  );
}

/** Gives the message of an error without URL and password. */
export function withoutPassword(error: unknown, url: string): string {
  const single = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const message = single instanceof Error ? single.message : String(single);
  const { password } = parseUrl(url);
  const secrets = [url, password, decode(password)].filter((secret) => secret !== '');
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message);
}

/** Writes a database URL without user and password. */
export function describeUrl(url: string): string {
  const { hostname, port, pathname } = parseUrl(url);
  return `postgresql://${hostname}${port === '' ? '' : `:${port}`}${pathname}`;
}

function parseUrl(url: string): { hostname: string; port: string; pathname: string; password: string } {
  return URL.parse(url) ?? { hostname: '', port: '', pathname: '', password: '' };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
