/** Counts who is inside, by whatever they are told apart by. */
export interface Turnstile {
  /** Lets one more in and returns how they leave, which counts once; null where as many as may are inside. */
  enter(key: string): (() => void) | null;
}

export function makeTurnstile(most: number): Turnstile {
  const inside = new Map<string, number>();
  return {
    enter(key) {
      const count = inside.get(key) ?? 0;
      if (count >= most) return null;
      inside.set(key, count + 1);
      let isInside = true;
      return () => {
        if (!isInside) return;
        isInside = false;
        const left = (inside.get(key) ?? 1) - 1;
        if (left === 0) inside.delete(key);
        else inside.set(key, left);
      };
    },
  };
}
