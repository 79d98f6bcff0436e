import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import { formatCount, formatDuration } from '#lib/metrics/format.ts';
import type { RunProgress } from '../run.ts';
import { fitWidth } from './table.ts';

export type Stage = RunProgress['stage'] | 'generate';

/** Where some work is: `rows` done in this stage so far, `detail` what it is at. */
export interface Progress extends Omit<RunProgress, 'stage'> {
  stage: Stage;
}

export interface ProgressDisplay {
  update(progress: Progress): void;
  /** Reports the stage under way as done. */
  end(): void;
  /** Takes the live line off the terminal, where there is one left. */
  clear(): void;
}

interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const redrawMs = 100;
const reportMs = 10_000;

/** Shows where work is: one line rewritten on a terminal; else a line when a stage ends, and every ten seconds inside a long one. */
export function showProgress(
  stream: Output = process.stderr,
  { env = process.env, now = () => performance.now() }: { env?: NodeJS.ProcessEnv; now?: () => number } = {},
): ProgressDisplay {
  const locale = detectLocale(env);
  const t = translator(locale);
  const width = (stream.columns ?? 80) - 1;
  let last: Progress | null = null;
  let startedMs = 0;
  let writtenMs = 0;

  function describe(progress: Progress, isOver: boolean): string {
    const seconds = (now() - startedMs) / 1000;
    const rows =
      progress.rows > 0
        ? t(progress.stage === 'generate' ? 'run.cases' : 'run.rows', { rows: formatCount(progress.rows, locale) })
        : '';
    const perSecond = formatCount(Math.round(progress.rows / seconds), locale);
    const rate =
      progress.rows > 0 && seconds >= 0.5
        ? t(progress.stage === 'generate' ? 'run.casesRate' : 'run.rate', { rows: perSecond })
        : '';
    const count = progress.of > 1 && progress.stage !== 'generate' ? `${progress.done}/${progress.of}` : '';
    const share = progress.stage === 'generate' && !isOver ? `${Math.floor((100 * progress.done) / progress.of)}%` : '';
    const took = seconds < 60 ? t('run.seconds', { seconds: seconds.toFixed(1) }) : formatDuration(seconds, locale);
    return [t(`run.stage.${progress.stage}`), count, share, rows, rate, took, isOver ? '' : progress.detail]
      .filter((part) => part !== '')
      .join('  ');
  }

  function finish(): void {
    if (last === null) return;
    const line = describe(last, true);
    stream.write(stream.isTTY === true ? `\r\x1b[2K✓ ${line}\n` : `${line}\n`);
    last = null;
  }

  return {
    update(progress) {
      if (last?.stage !== progress.stage) {
        finish();
        startedMs = now();
        writtenMs = stream.isTTY === true ? -redrawMs : startedMs;
      }
      last = progress;
      if (now() - writtenMs < (stream.isTTY === true ? redrawMs : reportMs)) return;
      writtenMs = now();
      const line = describe(progress, false);
      stream.write(stream.isTTY === true ? `\r\x1b[2K${fitWidth(line, width)}` : `${line}\n`);
    },
    end: finish,
    clear() {
      if (last !== null && stream.isTTY === true) stream.write('\r\x1b[2K');
      last = null;
    },
  };
}
