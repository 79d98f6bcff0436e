import { Random } from '../../pipeline/generate/random.ts';
import { drawLookalike, lookalikeKinds, type LookalikeKind } from './lookalikes.ts';
import { drawPersonal, personalKinds, type PersonalData, type PersonalKind } from './personal_data.ts';

/** A message with what must be masked in it and what must stay. */
export interface Message {
  text: string;
  personal: PersonalData[];
  kept: { kind: LookalikeKind; text: string }[];
}

/** Draws so many messages about each kind, half of them with one or two clauses about something else. */
export function drawCorpus(seed: number, perKind: number): Message[] {
  const random = new Random(seed, 'personal data');
  return Array.from({ length: perKind }).flatMap(() => [
    ...personalKinds.map((kind) => drawMessage(random, personalClause(random, kind))),
    ...lookalikeKinds.map((kind) => drawMessage(random, keptClause(random, kind))),
  ]);
}

function personalClause(random: Random, kind: PersonalKind): Message {
  const { clause, data } = drawPersonal[kind](random);
  return { text: clause, personal: [data], kept: [] };
}

function keptClause(random: Random, kind: LookalikeKind): Message {
  const { clause, text } = drawLookalike[kind](random);
  return { text: clause, personal: [], kept: [{ kind, text }] };
}

function drawMessage(random: Random, first: Message): Message {
  const others = Array.from({ length: random.weighted([5, 4, 1]) }, () =>
    random.chance(0.5)
      ? personalClause(random, random.pick(personalKinds))
      : keptClause(random, random.pick(lookalikeKinds)),
  );
  const clauses = random.chance(0.5) ? [first, ...others] : [...others, first];
  return {
    text: clauses.map(({ text }) => text).join(random.pick(['，', '，', ' ', '\n', '。', ',', '；', '！'])),
    personal: clauses.flatMap(({ personal }) => personal),
    kept: clauses.flatMap(({ kept }) => kept),
  };
}
