const BYTES = new Map<number, number[]>();

/** Encodes text as GB18030, the encoding of Chinese spreadsheets; every character of Unicode has a form. */
export function encodeGb18030(text: string): Buffer {
  if (BYTES.size === 0) fillTable();
  const out: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) out.push(code);
    else out.push(...(BYTES.get(code) ?? fourBytes(code - 0x10000 + 189_000)));
  }
  return Buffer.from(out);
}

function fillTable(): void {
  const decoder = new TextDecoder('gb18030');
  const add = (bytes: number[]) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    const code = text.codePointAt(0);
    if (text.length === 1 && code !== undefined && code !== 0xfffd && !BYTES.has(code)) BYTES.set(code, bytes);
  };
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add([lead, trail]);
  }
  for (let linear = 0; linear < 39_420; linear++) add(fourBytes(linear));
}

function fourBytes(linear: number): number[] {
  return [
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1_260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ];
}
