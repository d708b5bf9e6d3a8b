import { pino } from 'pino';
import type { DestinationStream } from 'pino';

/** Characters of log lines that are collected before they are written. */
const collected = 16_000;
/** Longest time that a line is held back, ms. */
const heldAtMostMs = 100;
const warning = pino.levels.values.warn as number;

/** Asks pino to say of what level a line is (docs of pino, "pino.symbols"). */
type OfLevels = DestinationStream & { lastLevel: number; [key: symbol]: unknown };

/** What lines are written to. */
interface Lines extends DestinationStream {
  flush(): void;
}

/**
 * Lines of several deliveries share a write, since a write for each costs more than the line itself. A warning or an error is written at once, with
 * all before it, and so is everything when the process exits; a process that is killed loses the lines of the last {@link heldAtMostMs}.
 */
export function collectedLines(lines: Lines): DestinationStream {
  const destination: OfLevels = {
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string): void {
      lines.write(line);
      if (destination.lastLevel >= warning) lines.flush();
    },
  };
  return destination;
}

/**
 * Lines as one text, passed on when it is long, has waited, or is flushed. pino's own writer can collect them too, but measures all that it has
 * collected anew with each line, which cost more than to make the line.
 * @param out pino's writer of a file descriptor, which collects nothing itself.
 */
export function joinedLines(out: DestinationStream): Lines {
  let text = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (text === '') return;
    const passed = text;
    text = '';
    out.write(passed);
  };
  return {
    write(line) {
      text += line;
      if (text.length >= collected) flush();
      else timer ??= setTimeout(flush, heldAtMostMs).unref();
    },
    flush,
  };
}

let output: DestinationStream | undefined;

/** Standard output, one for all loggers of a process, so that their lines keep their order. */
export function standardOutput(): DestinationStream {
  output ??= collectedLines(linesOfProcess());
  return output;
}

function linesOfProcess(): Lines {
  // Before the writer is made, which ends itself at these events, in the order in which listeners came.
  process.on('beforeExit', () => lines.flush());
  process.on('exit', () => {
    Object.assign(out, { sync: true }); // nobody waits for a write that is begun now
    lines.flush();
  });
  const out = pino.destination({ dest: 1 });
  const lines = joinedLines(out);
  return lines;
}
