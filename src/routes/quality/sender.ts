const senders = ['customer', 'agent', 'bot', 'system', 'brand', 'platform'] as const;

/** Tells whether a text is one of those who send messages. */
export function isSender(text: string): text is (typeof senders)[number] {
  return senders.some((one) => one === text);
}
