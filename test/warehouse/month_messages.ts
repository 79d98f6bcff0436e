import type { Random } from '../../pipeline/generate/random.ts';
import { type CanonicalRow, type Ticket, instant } from './month.ts';

/** Draws a conversation: bots, automatic and private texts, answers in the same second, at limits, before the opening, or never. */
export function drawMessages(random: Random, ticket: Ticket): CanonicalRow[] {
  const rows: CanonicalRow[] = [];
  let at = ticket.openedAt + random.pick([0, 0, 0, -40, 5, 30]);
  let sender = random.chance(0.1) ? 'agent' : 'customer';
  const turns = random.below(9);
  for (let turn = 0; turn < turns; turn++) {
    const row = {
      message_id: `${ticket.id}-${turn}`,
      ticket_id: ticket.id,
      sent_at: instant(at),
      sender,
      agent_id: sender === 'agent' ? random.pick(ticket.agents) : '',
      is_public: random.chance(0.06) ? 'false' : random.pick(['true', '', '是']),
      is_automatic: sender === 'agent' && random.chance(0.15) ? 'true' : random.pick(['', 'false', '0']),
      content_type: 'text',
      body: random.pick(['你好，"在吗"？\n急', '好的,请稍等', 'Hello; where is it?', '—', '']),
      updated_at: random.chance(0.2) ? instant(at + 60) : '',
    };
    rows.push(row);
    if (row.updated_at !== '' && random.chance(0.3))
      rows.push({ ...row, is_public: 'false', updated_at: instant(at + 10) });
    at += random.pick([0, 1, 3, 29, 30, 31, 60, 179, 180, 181, 300, 301, 599, 600, 601, 5000, 40_000, 90_000]);
    sender = random.pick(
      sender === 'customer' ? ['agent', 'agent', 'bot', 'customer', 'system'] : ['customer', 'customer', 'agent'],
    );
  }
  return rows;
}
