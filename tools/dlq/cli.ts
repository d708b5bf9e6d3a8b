#!/usr/bin/env node
import { run } from './run.js';
import { processTerminal } from './terminal.js';

/** `tributary dlq ...`: dead letters from the command line (docs/runbooks/dead-letters.md). */
process.exitCode = await run(process.argv.slice(2), process.env, processTerminal());
