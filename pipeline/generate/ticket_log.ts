import type { Case } from './case_facts.ts';
import type { CsvFile } from './csv_file.ts';
import { CUT_OFF, writeInstant } from './local_time.ts';
import { agentId } from './vendors.ts';

export const MESSAGE_COLUMNS = [
  'message_id',
  'ticket_id',
  'sent_at',
  'sender',
  'agent_id',
  'is_public',
  'is_automatic',
  'content_type',
  'body',
  'updated_at',
];
export const EVENT_COLUMNS = ['ticket_id', 'at', 'kind', 'seq', 'actor', 'agent_id', 'detail'];

export interface TicketEvent {
  at: number;
  kind: string;
  actor: string;
  agent: number;
  detail: string;
}

interface Said {
  agent?: number;
  isPrivate?: boolean;
  isAutomatic?: boolean;
  milliseconds?: number;
}

/** Messages and events of one ticket on their way into the files; what lies after the cut-off is left out. */
export class TicketLog {
  readonly facts: Case;
  events: TicketEvent[] = [];
  lastAt = 0;
  messages = 0;
  private readonly file: CsvFile;

  constructor(facts: Case, file: CsvFile) {
    this.facts = facts;
    this.file = file;
  }

  /** Writes a message at a local second, never before the previous one; the body is a finished CSV field. */
  say(at: number, sender: string, body: string, said: Said = {}): void {
    if (at < this.lastAt) at = this.lastAt;
    this.lastAt = at;
    if (at > CUT_OFF) return;
    this.messages++;
    const { facts } = this;
    const fraction = said.milliseconds ? `.${said.milliseconds}` : '';
    const content = body.startsWith('[图片')
      ? 'image'
      : body.startsWith('（来电') || body.startsWith('（通话')
        ? 'call'
        : '';
    this.file.add(
      `${facts.messagePrefix}${this.messages < 10 ? '00' : '0'}${this.messages},${facts.ticketId},${writeInstant(at)}${fraction},${sender},${said.agent ? agentId(facts.vendor, said.agent) : ''},${said.isPrivate ? 'false' : ''},${said.isAutomatic ? 'true' : ''},${content},${body},`,
    );
  }

  /** Notes an event at a local second. */
  happen(at: number, kind: string, actor: string, agent = 0, detail = ''): void {
    this.events.push({ at, kind, actor, agent, detail });
  }

  /** Writes the events in order of time, no two at the same second, and returns how many there were. */
  writeEvents(file: CsvFile, hasSequence: boolean): number {
    this.events.sort((a, b) => a.at - b.at);
    let before = 0;
    let written = 0;
    for (const event of this.events) {
      before = Math.max(event.at, before + 1);
      event.at = before;
      if (before > CUT_OFF) break;
      written++;
      file.add(
        `${this.facts.ticketId},${writeInstant(before)},${event.kind},${hasSequence ? written : ''},${event.actor},${event.agent ? agentId(this.facts.vendor, event.agent) : ''},${event.detail}`,
      );
    }
    return written;
  }
}
