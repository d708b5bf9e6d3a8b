import { existsSync, readFileSync } from 'node:fs';

/** Prints the last lines of a log. @returns exit code. */
export function showLog(file: string, lines: number): number {
  if (!existsSync(file)) {
    console.error(`there is no ${file}`);
    return 1;
  }
  console.log(readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'));
  return 0;
}
