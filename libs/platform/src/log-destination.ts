import { pino } from 'pino';
import type { DestinationStream } from 'pino';

/** Characters of log lines that are collected before they are written. */
const collected = 16_000;
/** Longest time that a line is held back, ms. */
const heldAtMostMs = 100;
const warning = pino.levels.values.warn as number;

/** Asks pino to say of what level a line is (docs of pino, "pino.symbols"). */
type OfLevels = DestinationStream & { lastLevel: number; [key: symbol]: unknown };

/** What lines are written to: pino's own writer of a file descriptor. */
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

let output: DestinationStream | undefined;

/** Standard output, one for all loggers of a process, so that their lines keep their order. */
export function standardOutput(): DestinationStream {
  output ??= collectedLines(pino.destination({ dest: 1, minLength: collected, periodicFlush: heldAtMostMs }));
  return output;
}
