import { createInterface } from 'node:readline/promises';
import { visibleText } from '@tributary/domain';

/** Output and questions of a command. Injected, so that tests need no terminal. */
export interface Terminal {
  readonly isTty: boolean;
  out(text: string): void;
  /** Replaces the line that was shown last; only on a terminal. */
  progress(text: string): void;
  error(text: string): void;
  confirm(question: string): Promise<boolean>;
}

/**
 * A terminal that shows characters nobody sees, and obeys none of them: what senders, ERPs and people wrote is printed here. Line feeds are
 * ours; texts of others are made one line where they are put into ours (all-visible.ts).
 */
export function showingControls(terminal: Terminal): Terminal {
  const shown = (text: string): string => visibleText(text, 'kept');
  return {
    isTty: terminal.isTty,
    out: (text) => terminal.out(shown(text)),
    progress: (text) => terminal.progress(visibleText(text)),
    error: (text) => terminal.error(shown(text)),
    confirm: (question) => terminal.confirm(visibleText(question)),
  };
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const isTty = process.stdout.isTTY === true;
  let open = false;
  const endProgress = (): void => {
    if (open) process.stdout.write('\n');
    open = false;
  };
  return {
    isTty,
    out(text) {
      endProgress();
      process.stdout.write(`${text}\n`);
    },
    progress(text) {
      if (isTty) process.stdout.write(`\r\u001b[2K${text}`);
      else process.stdout.write(`${text}\n`);
      open = isTty;
    },
    error(text) {
      endProgress();
      process.stderr.write(`${text}\n`);
    },
    async confirm(question) {
      // Without a terminal nobody can confirm, so the answer is no; scripts pass --yes.
      if (process.stdin.isTTY !== true) return false;
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      try {
        return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
      } finally {
        lines.close();
      }
    },
  };
}
