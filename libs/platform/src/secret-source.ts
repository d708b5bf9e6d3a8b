import { readFileSync, statSync } from 'node:fs';

/** Where a secret comes from: a variable, or a file such as a mounted secret. */
export interface SecretPlace {
  readonly value?: string | undefined;
  readonly file?: string | undefined;
  /** Called with one sentence, without the secret, when the file cannot be used. By default a warning of the process. */
  readonly warn?: (text: string) => void;
  /** Whether what a file holds is whole. By default one line without a zero byte. */
  readonly isWhole?: (text: string) => boolean;
}

/**
 * A secret as it is now.
 * @param lookAgain reads its file also when it seems to be unchanged, for whoever was refused with it.
 */
export type SecretSource = (lookAgain?: boolean) => string;

/** When the file of each secret was read last, by the name of its variable. */
const readTimes = new Map<string, string>();

/** When a secret was last read from its file, or taken from its variable; ISO 8601. Undefined: nobody has asked for it yet. */
export function secretReadAt(name: string): string | undefined {
  return readTimes.get(name);
}

/**
 * A secret that may be rotated while the process runs: a file is read again when it changes. A file that is gone, empty or still being written
 * keeps the secret that was read before, with a warning.
 * @param name of the variable, for messages.
 * @throws {Error} when there is neither a variable nor a readable file at the start.
 */
export function secretSource(
  name: string,
  { value, file, warn = (text) => process.emitWarning(text), isWhole = isOneLine }: SecretPlace,
): SecretSource {
  if (file === undefined) {
    if (!value) throw new Error(`${name}: set it, or ${name}_FILE to a file that holds it`);
    noteRead(name);
    return () => value;
  }
  const first = readSecret(file, isWhole);
  if (first === undefined) throw new Error(`${name}_FILE: ${file} cannot be read or holds no whole line`);
  noteRead(name);
  let secret = first;
  let seen = versionOf(file);
  return (lookAgain = false) => {
    const now = versionOf(file);
    if (now === seen && !lookAgain) return secret;
    seen = now;
    const read = readSecret(file, isWhole);
    if (read === undefined) warn(`${name}_FILE: ${file} is gone, empty or half-written; the secret that was read before stays in use`);
    else {
      secret = read;
      noteRead(name);
    }
    return secret;
  };
}

function noteRead(name: string): void {
  readTimes.set(name, new Date().toISOString());
}

/** Changes when the file does; '' when there is none. A mounted secret is a link that changes to another file. */
function versionOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.mtimeNs} ${stat.size}` : '';
}

/** What a file holds; undefined when there is none or it is not whole. */
function readSecret(file: string, isWhole: (text: string) => boolean): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return isWhole(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Neither empty nor of several lines, and without a zero byte, which a write that is not finished leaves. */
function isOneLine(text: string): boolean {
  return text !== '' && !/[\0\r\n]/.test(text);
}
