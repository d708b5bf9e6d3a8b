import type { PartState } from './part.js';
import type { PartView } from './supervisor.js';

/** Shows progress. `update` is called at every change; `status` is one line that replaces the previous one. */
export interface Display {
  update(parts: readonly PartView[]): void;
  status(line: string): void;
  /** A line that stays. */
  say(line: string): void;
  close(): void;
}

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A table that is redrawn in a terminal, plain lines elsewhere. */
export function createDisplay(output: Output): Display {
  return output.isTTY ? new TerminalDisplay(output) : new PlainDisplay(output);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function lineOf(part: PartView): string {
  const where = part.port === undefined ? '' : ` on ${part.port}`;
  const took = part.tookMs === undefined ? '' : ` in ${seconds(part.tookMs)}`;
  const note = part.note ? `: ${part.note.split('\n')[0]}` : '';
  return `${part.name.padEnd(24)} ${part.state}${part.state === 'ready' ? where : ''}${part.state === 'ready' || part.state === 'done' ? took : ''}${note}`;
}

const plainStatusEveryMs = 5_000;

/** One line per change, for logs and pipes. */
export class PlainDisplay implements Display {
  private readonly shown = new Map<string, string>();
  private lastStatus = '';
  private lastStatusAt = 0;

  constructor(
    private readonly output: Output,
    private readonly now: () => number = Date.now,
  ) {}

  update(parts: readonly PartView[]): void {
    for (const part of parts) {
      const line = lineOf(part);
      if (part.state === 'waiting' || this.shown.get(part.name) === line) continue;
      this.shown.set(part.name, line);
      this.say(line);
    }
  }

  status(line: string): void {
    if (line === this.lastStatus || this.now() - this.lastStatusAt < plainStatusEveryMs) return;
    this.lastStatus = line;
    this.lastStatusAt = this.now();
    this.say(line);
  }

  say(line: string): void {
    this.output.write(`${line}\n`);
  }

  close(): void {}
}

const colours: Record<PartState, string> = {
  waiting: '\u001b[2m',
  starting: '\u001b[36m',
  ready: '\u001b[32m',
  done: '\u001b[32m',
  restarting: '\u001b[33m',
  stopping: '\u001b[36m',
  stopped: '\u001b[2m',
  failed: '\u001b[31m',
};
const plain = '\u001b[0m';
const marks: Record<PartState, string> = {
  waiting: '·',
  starting: '…',
  ready: '✓',
  done: '✓',
  restarting: '↻',
  stopping: '…',
  stopped: '■',
  failed: '✗',
};
const narrowest = 40;

/** A block that is drawn again in place: one line per part, and a status line below. */
export class TerminalDisplay implements Display {
  private parts: readonly PartView[] = [];
  private statusLine = '';
  private drawn = 0;

  constructor(private readonly output: Output) {}

  update(parts: readonly PartView[]): void {
    this.parts = parts;
    this.draw();
  }

  status(line: string): void {
    this.statusLine = line;
    this.draw();
  }

  say(line: string): void {
    this.erase();
    this.output.write(`${line}\n`);
    this.draw();
  }

  /** Leaves the block as it is; what follows is written below. */
  close(): void {
    this.draw();
    this.drawn = 0;
    this.parts = [];
    this.statusLine = '';
  }

  private draw(): void {
    this.erase();
    const width = Math.max(this.output.columns || 80, narrowest) - 3;
    const lines = this.parts.map((part) => `${colours[part.state]}${marks[part.state]} ${lineOf(part).slice(0, width)}${plain}`);
    if (this.statusLine) lines.push('', this.statusLine.slice(0, width));
    if (lines.length > 0) this.output.write(`${lines.join('\n')}\n`);
    this.drawn = lines.length;
  }

  private erase(): void {
    if (this.drawn > 0) this.output.write(`\u001b[${this.drawn}A\u001b[0J`);
    this.drawn = 0;
  }
}
