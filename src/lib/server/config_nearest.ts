function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substituted));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** Returns the candidate most like a text, ignoring case and the difference of - and _; null when none is near. */
export function findNearest(text: string, candidates: readonly string[]): string | null {
  const plain = (word: string) => word.toLowerCase().replaceAll('-', '_');
  let best: { word: string; distance: number } | null = null;
  for (const word of candidates) {
    const distance = editDistance(plain(text), plain(word));
    if (best === null || distance < best.distance) best = { word, distance };
  }
  if (best === null) return null;
  return best.distance <= Math.max(1, Math.floor(Math.max(text.length, best.word.length) * 0.4)) ? best.word : null;
}

/** Writes the allowed values as a list, the nearest to what was found first in a question; at most 30 are listed. */
export function suggest(text: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return 'nothing, none is declared';
  const nearest = findNearest(text, candidates);
  const listed = candidates.slice(0, 30).join(', ') + (candidates.length > 30 ? ', …' : '');
  return nearest === null ? listed : `${listed} (did you mean ${nearest}?)`;
}
