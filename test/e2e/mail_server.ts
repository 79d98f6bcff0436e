import { EventEmitter, on, once } from 'node:events';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A message as a server took it. */
export interface Mail {
  to: string;
  from: string;
  raw: string;
  text: string;
}

/** An SMTP server of this machine that asks for a password and keeps what it takes. */
export interface MailServer {
  url: string;
  taken: readonly Mail[];
  isRefusing: boolean;
  /** The first message to an address, once it is there. */
  to(email: string): Promise<Mail>;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const arrivals = new EventEmitter();
  const taken: Mail[] = [];
  const server = new SMTPServer({
    authMethods: ['PLAIN'],
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'me' && password === 'secret' ? done(null, { user: 'me' }) : done(new Error('wrong password')),
    onRcptTo: (_address, _session, done) => done(mail.isRefusing ? new Error('mailbox full') : null),
    onData: (stream, { envelope }, done) => {
      void text(stream).then((raw) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address).join(), raw, text: bodyOf(raw) });
        arrivals.emit('mail');
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server has no address.');
  const mail: MailServer = {
    url: `smtp://me:secret@127.0.0.1:${address.port}`,
    taken,
    isRefusing: false,
    async to(email) {
      const found = () => taken.find(({ to }) => to === email);
      const arriving = on(arrivals, 'mail');
      for (let one = found(); ; one = found()) {
        if (one) return one;
        await arriving.next();
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mail;
}

/** The text of a message of one part, whichever way it is encoded. */
function bodyOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
