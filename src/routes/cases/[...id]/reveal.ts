/** What came of asking for the original of a message. */
export type RevealDone = { messageId: string } & (
  { kind: 'texts'; texts: string[] } | { kind: 'no_reason' | 'not_kept' | 'no_key' | 'other_key' }
);

/** Present where the reader may see originals; `done` answers the last form sent. */
export interface Revealing {
  done: RevealDone | null;
}
