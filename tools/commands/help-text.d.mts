import type { Command } from './table.mjs';

/** @param path from the top; empty: the list of all commands. */
export function helpText(path: readonly Command[]): string;
export function helpCommand(path: readonly Command[]): string;
