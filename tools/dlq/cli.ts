#!/usr/bin/env node
import { rebuild } from '../rebuild/command.js';
import { run } from './run.js';
import { processTerminal } from './terminal.js';

/**
 * `tributary dlq ...`: dead letters from the command line (docs/runbooks/dead-letters.md).
 * `tributary rebuild ...`: what is derived, made again (docs/runbooks/rebuild.md).
 */
const [, , first, ...rest] = process.argv;
process.exitCode = await (first === 'rebuild' ? rebuild(rest) : run(process.argv.slice(2), process.env, processTerminal()));
