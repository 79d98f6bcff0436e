import { detectLocale } from '#lib/i18n/locale.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { RunProgress } from '../run.ts';

/** Shows where a run is on stderr: one line rewritten on a terminal, a plain line per stage otherwise. */
export function showProgress(stream: NodeJS.WriteStream = process.stderr): { update(progress: RunProgress): void; end(): void } {
  const translate = translator(detectLocale(process.env));
  const started = performance.now();
  let stage = '';
  let isOpen = false;
  return {
    update(progress) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const rate = progress.rows > 0 ? `  ${translate('run.rows', { rows: progress.rows.toLocaleString('en-US') })}` : '';
      const line = `${seconds.padStart(6)}s  ${translate(`run.stage.${progress.stage}`)}  ${progress.done}/${progress.of}  ${progress.detail}${rate}`;
      if (stream.isTTY) {
        stream.write(`\r\x1b[2K${line.slice(0, Math.max(20, stream.columns - 1))}`);
        isOpen = true;
      } else if (progress.stage !== stage) {
        stream.write(`${line}\n`);
      }
      stage = progress.stage;
    },
    end() {
      if (isOpen) stream.write('\r\x1b[2K');
      isOpen = false;
    },
  };
}
