import type { Ask } from './api.js';
import type { Terminal } from './terminal.js';

/** What a command works with. */
export interface CommandContext {
  readonly ask: Ask;
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
}
