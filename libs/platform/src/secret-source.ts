import { readFileSync, statSync } from 'node:fs';

/** Where a secret comes from: a variable, or a file such as a mounted secret. */
export interface SecretPlace {
  readonly value?: string | undefined;
  readonly file?: string | undefined;
  /** Called with one sentence, without the secret, when the file cannot be used. By default a warning of the process. */
  readonly warn?: (text: string) => void;
}

/**
 * A secret that may be rotated while the process runs: a file is read again when it changes. A file that is gone, empty or still being written
 * keeps the secret that was read before, with a warning.
 * @param name of the variable, for messages.
 * @throws {Error} when there is neither a variable nor a readable file at the start.
 */
export function secretSource(name: string, { value, file, warn = (text) => process.emitWarning(text) }: SecretPlace): () => string {
  if (file === undefined) {
    if (!value) throw new Error(`${name}: set it, or ${name}_FILE to a file that holds it`);
    return () => value;
  }
  const first = readSecret(file);
  if (first === undefined) throw new Error(`${name}_FILE: ${file} cannot be read or holds no whole line`);
  let secret = first;
  let seen = versionOf(file);
  return () => {
    const now = versionOf(file);
    if (now === seen) return secret;
    seen = now;
    const read = readSecret(file);
    if (read === undefined) warn(`${name}_FILE: ${file} is gone, empty or half-written; the secret that was read before stays in use`);
    else secret = read;
    return secret;
  };
}

/** Changes when the file does; '' when there is none. A mounted secret is a link that changes to another file. */
function versionOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.mtimeNs} ${stat.size}` : '';
}

/** The one line of a file; undefined when it is not whole: empty, with a zero byte of a write that is not finished, or of several lines. */
function readSecret(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text === '' || /[\0\r\n]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
