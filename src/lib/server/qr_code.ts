import { encode } from 'uqr';

/** A QR code as the path of its dark squares, one unit each, in a square of `size` that includes the quiet zone. */
export interface QrCode {
  size: number;
  path: string;
}

const quietZone = 4;

/** Draws a text as a QR code. */
export function qrCode(text: string): QrCode {
  const { size, data } = encode(text, { ecc: 'M', border: quietZone });
  const path = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, path };
}
