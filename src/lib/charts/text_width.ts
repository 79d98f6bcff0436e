/** About how many pixels a label takes: a wide character twelve, a narrow one seven. */
export function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (isWide(character) ? 12 : 7), 0);
}

function isWide(character: string): boolean {
  return (character.codePointAt(0) ?? 0) > 0x2e7f;
}

/** Cuts a name to a number of wide characters; narrow ones count half. */
export function shortened(name: string, wideCharacters: number): string {
  let room = wideCharacters;
  for (const [index, character] of [...name].entries()) {
    room -= isWide(character) ? 1 : 0.55;
    if (room < 0) return `${[...name].slice(0, index).join('')}…`;
  }
  return name;
}
