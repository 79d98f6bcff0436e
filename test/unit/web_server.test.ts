import { type Socket, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type WebServer, listen, webLimits } from '../../pipeline/serve/web_server.ts';

const limits = { headersMs: 200, requestMs: 400, silenceMs: 600, checkMs: 50, connections: 20 };

let server: WebServer;
let sockets: Socket[];
beforeEach(async () => {
  sockets = [];
  server = await listen('127.0.0.1', 0, null, limits);
  server.answerWith((request, response) => {
    void text(request).then(
      (body) => response.end(`read ${body.length}`),
      () => response.destroy(),
    );
  });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.close();
});

function open(): Socket {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

/** Waits until a connection is closed, in whatever way. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });
}

/** What a connection is sent until it is closed. */
async function answered(socket: Socket): Promise<string> {
  let said = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  await closed(socket);
  return said;
}

/** Sends a byte now and then, as somebody would who wants a connection for themselves. */
function drip(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 60);
  socket.on('close', () => clearInterval(timer));
}

test('what a browser gets to send a request in is seconds, and silence is cut off', () => {
  expect(webLimits.headersMs).toBeLessThanOrEqual(10_000);
  expect(webLimits.requestMs).toBeLessThanOrEqual(30_000);
  expect(webLimits.silenceMs).toBeLessThanOrEqual(120_000);
});

test('headers that never end are told so and cut off', async () => {
  const socket = open();
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  drip(socket, 'a');
  expect(await answered(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test('a body that never ends is told so and cut off', async () => {
  const socket = open();
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n');
  drip(socket, 'a');
  expect(await answered(socket)).toMatch(/^HTTP\/1\.1 408 /);
});

test('a connection on which nobody says anything is closed', async () => {
  expect(await answered(open())).not.toContain('200');
});

test('headers of more than a few kilobytes are refused', async () => {
  const socket = open();
  socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'a'.repeat(100_000)}\r\n\r\n`);
  expect(await answered(socket)).toMatch(/^HTTP\/1\.1 431 /);
});

test('whoever takes every connection has them for no longer than the headers may take', async () => {
  const held = Array.from({ length: 100 }, open);
  for (const socket of held) {
    socket.write('GET / HTTP/1.1\r\n');
    drip(socket, 'X');
  }
  await Promise.all(held.map(closed));
  const response = await fetch(server.url, { method: 'POST', body: 'abc', headers: { connection: 'close' } });
  expect(await response.text()).toBe('read 3');
});
