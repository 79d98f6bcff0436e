/** What a key does in the workspace. */
export type Deed =
  | { kind: 'move'; by: -1 | 1 }
  | { kind: 'message'; by: -1 | 1 }
  | { kind: 'rate'; digit: number }
  | { kind: 'full' | 'cause' | 'quote' | 'comment' | 'submit' };

/** Reads a key press; null where it is typing or means nothing here. Ctrl+Enter submits from anywhere. */
export function deedOf(event: KeyboardEvent): Deed | null {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return { kind: 'submit' };
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return null;
  if (/^\d$/.test(event.key)) return { kind: 'rate', digit: Number(event.key) };
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
      return { kind: 'move', by: 1 };
    case 'ArrowUp':
    case 'k':
      return { kind: 'move', by: -1 };
    case ']':
      return { kind: 'message', by: 1 };
    case '[':
      return { kind: 'message', by: -1 };
    case 'p':
      return { kind: 'full' };
    case 'r':
      return { kind: 'cause' };
    case 'q':
      return { kind: 'quote' };
    case 'c':
      return { kind: 'comment' };
    default:
      return null;
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|INPUT|SELECT)$/.test(target.tagName))
  );
}
