import { createTransport } from 'nodemailer';
import type { MailSettings } from './config.ts';

const patienceMs = 20_000;
const isThisMachine = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** A message to one person. */
export interface Message {
  to: string;
  subject: string;
  text: string;
  html?: string;
  attachments?: readonly { filename: string; content: Buffer; contentType: string }[];
}

/** Sends mail. */
export interface Mailer {
  /** Returns once a server has taken the message. Errors: MailError. */
  send(message: Message): Promise<void>;
}

/** A message that no server took; the message of the error names the server, never its password. */
export class MailError extends Error {
  override readonly name = 'MailError';
}

/**
 * Sends through an SMTP server, each message by a connection of its own. A server elsewhere must offer TLS before it is told a
 * password or a message; `?requireTLS=false` in its address waives that.
 */
export function makeMailer({ from, smtpUrl }: MailSettings): Mailer {
  const { host, hostname } = new URL(smtpUrl);
  const transport = createTransport({
    requireTLS: !isThisMachine.test(hostname),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    // What its query says is stronger than what stands above.
    url: smtpUrl,
  });
  return {
    async send({ to, subject, text, html, attachments = [] }) {
      try {
        await transport.sendMail({ from, to, subject, text, html, attachments: [...attachments] });
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new MailError(`no mail to ${to} through ${host}: ${why}`, { cause });
      }
    },
  };
}
