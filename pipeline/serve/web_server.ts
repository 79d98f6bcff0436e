import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';

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

/** A server on this machine alone. */
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

/** Listens on a host and port; port 0 is any that is free. Errors: those of the system, as EADDRINUSE. */
export async function listen(host: string, port: number, limits: WebLimits = webLimits): Promise<WebServer> {
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
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    if (!isLoopback(host)) {
      response
        .writeHead(403, { 'content-type': 'text/plain; charset=utf-8' })
        .end('this server answers to localhost only\n');
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
