import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { isIP } from 'node:net';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;
const patienceMs = 5000;

/** Header by which the app learns that it is asked by plain HTTP; what a client sends under this name is overwritten. */
export const protocolHeader = 'x-aftersight-protocol';

/** How long a server waits for what browsers send at once, and how many it serves: who sends a byte a minute, a thousand times, is sent away. */
export interface WebLimits {
  /** Until the last header, the last byte of the request, the next byte of either side. */
  headersMs: number;
  requestMs: number;
  silenceMs: number;
  /** How often those are looked for who are over their time. */
  checkMs: number;
  connections: number;
}

export const webLimits: WebLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  silenceMs: 120_000,
  checkMs: 2000,
  connections: 2000,
};

/** A server, before and after there is something to answer with. */
export interface WebServer {
  url: string;
  /** From now on requests go to `listener`; before, they are told to come back in a moment. */
  answerWith(listener: RequestListener): void;
  /** Takes no more requests and waits for those under way, though not for long. */
  close(): Promise<void>;
}

/** Whether a host, as in an address or the Host header without its port, is this machine and no other. */
export function isLoopback(host: string): boolean {
  return loopback.test(host);
}

/**
 * Listens on a host and port; port 0 is any that is free. Requests may name this machine, the host of the public URL and, where others reach the
 * port, any address in numbers. Errors: those of the system, as EADDRINUSE.
 */
export async function listen(
  host: string,
  port: number,
  publicUrl: string | null = null,
  limits: WebLimits = webLimits,
): Promise<WebServer> {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).hostname;
  const mayName = (name: string) =>
    isLoopback(name) || name === publicHost || (!isLoopback(host) && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0);
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { 'retry-after': '5', 'content-type': 'text/plain; charset=utf-8' }).end('starting\n');
  };
  const times = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
  };
  const server = createServer(times, (request, response) => {
    // A page of another site may have its name resolve to this machine; its requests still carry that name.
    if (!mayName((request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase())) {
      response
        .writeHead(403, { 'content-type': 'text/plain; charset=utf-8' })
        .end(
          `this server answers to ${publicHost ?? 'localhost'} only; another name goes into public_url of aftersight.yaml\n`,
        );
      return;
    }
    request.headers[protocolHeader] = 'http';
    answer(request, response);
  });
  server.setTimeout(limits.silenceMs);
  server.maxConnections = limits.connections;
  server.listen(port, host.replace(/^\[(.*)\]$/, '$1'));
  await once(server, 'listening');
  let closed: Promise<void> | null = null;
  return {
    url: urlOf(server, host),
    answerWith(listener) {
      answer = listener;
    },
    close() {
      closed ??= close(server);
      return closed;
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), patienceMs);
  await closed;
  clearTimeout(timer);
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no address');
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `http://${name}:${address.port}`;
}
