import { normalQuantile } from '#lib/metrics/intervals.ts';

// 5 %: what a 95 % interval leaves out at both ends together.
const outside = 0.05;

/**
 * Returns the 97.5 % point of Student's t for degrees of freedom of 1 or more, whole or not, by Hill, Algorithm 396, Communications
 * of the ACM 13 (1970) 619–620: to six digits from 3 on, exact at 1 and 2, a little too great between these. Errors: RangeError.
 */
export function studentQuantile(degreesOfFreedom: number): number {
  const n = degreesOfFreedom;
  if (!(n >= 1)) throw new RangeError(`Student's t has no quantile here for ${n} degrees of freedom`);
  if (n === Infinity) return normalQuantile;
  if (n === 1) return 1 / Math.tan((outside * Math.PI) / 2);
  if (n === 2) return Math.sqrt(2 / (outside * (2 - outside)) - 2);
  const a = 1 / (n - 0.5);
  const b = 48 / a ** 2;
  const c = ((20_700 * a) / b - 98) * a ** 2 - 16 * a + 96.36;
  const d = ((94.5 / (b + c) - 3) / b + 1) * Math.sqrt((a * Math.PI) / 2) * n;
  const y = (d * outside) ** (2 / n);
  return Math.sqrt(n * (y > 0.05 + a ? nearNormal(n, a, b, c, d) : inTheTail(n, d, y)));
}

function nearNormal(n: number, a: number, b: number, start: number, d: number): number {
  const x = -normalQuantile;
  const square = x ** 2;
  const widened = n < 5 ? start + 0.3 * (n - 4.5) * (x + 0.6) : start;
  const c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + widened;
  const root = (((((0.4 * square + 6.3) * square + 36) * square + 94.5) / c - square - 3) / b + 1) * x;
  return Math.expm1(a * root ** 2);
}

function inTheTail(n: number, d: number, y: number): number {
  const c = 1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4);
  return ((c * y - 1) * (n + 1)) / (n + 2) + 1 / y;
}
