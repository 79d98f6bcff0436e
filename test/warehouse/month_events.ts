import type { Random } from '../../pipeline/generate/random.ts';
import { type CanonicalRow, type Ticket, instant } from './month.ts';

/** Draws the history of a ticket, states at distinct instants or in the order of seq with a clock that runs backwards; and when it closed. */
export function drawEvents(random: Random, ticket: Ticket): { events: CanonicalRow[]; closedAt: number | null } {
  const kinds = random.pick([
    [],
    ['open', 'assigned', 'solution_offered', 'solved', 'closed'],
    ['open', 'solved', 'reopened', 'pending', 'solved', 'solved'],
    ['assigned', 'transferred', 'escalated_to_brand', 'returned_to_vendor', 'closed'],
    ['open', 'platform_intervened', 'platform_judged', 'solved'],
    ['pending', 'priority_changed', 'solved', 'open', 'closed', 'reopened'],
    ['open', 'waiting_customer', 'resumed'],
  ]);
  const hasSequence = random.chance(0.3);
  let at = ticket.openedAt + random.pick([0, -20, 60]);
  let lastDoneAt: number | null = null;
  const events = kinds.map((kind, place) => {
    at += random.pick([1, 60, 600, 3600, 86_399, 86_400, 86_401, 7 * 86_400]);
    if (hasSequence && place > 1 && random.chance(0.2)) at -= 90_000;
    if (kind === 'solved' || kind === 'closed') lastDoneAt = at;
    return {
      ticket_id: ticket.id,
      at: instant(at),
      kind,
      seq: hasSequence ? String(place + 1) : '',
      actor: 'agent',
      agent_id: random.pick(ticket.agents),
      detail:
        kind === 'platform_judged'
          ? random.pick(['buyer', 'seller', 'withdrawn'])
          : kind === 'priority_changed'
            ? '1'
            : '',
    };
  });
  const [first] = events;
  const closedAt = lastDoneAt ?? (random.chance(0.3) ? ticket.openedAt + random.between(-500, 200_000) : null);
  return { events: first && random.chance(0.05) ? [...events, first] : events, closedAt };
}
