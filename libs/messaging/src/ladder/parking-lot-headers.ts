import { lastHeaders } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';

/** Begins a header name that `jsonb` cannot hold as it is (it has no U+0000), or that begins like this itself. */
const encodedName = 'base64:';

/** Headers as `jsonb` can hold them: values in base64, and names that it cannot hold, too. */
export function base64Headers(headers: IncomingMessage['headers']): Record<string, string> {
  const entries = Object.entries(lastHeaders(headers)).map(([name, value]): [string, string] => {
    const isPlain = name.isWellFormed() && !name.includes('\u0000') && !name.startsWith(encodedName);
    const stored = isPlain ? name : `${encodedName}${Buffer.from(name).toString('base64')}`;
    return [stored, Buffer.from(value as string).toString('base64')];
  });
  return Object.fromEntries(entries);
}

/** The header name that {@link base64Headers} stored. */
function nameOf(stored: string): string {
  return stored.startsWith(encodedName) ? Buffer.from(stored.slice(encodedName.length), 'base64').toString('utf8') : stored;
}

/** The headers that {@link base64Headers} stored. */
export function headersOf(stored: Readonly<Record<string, string>>): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(stored).map(([name, base64]) => [nameOf(name), Buffer.from(base64, 'base64')]));
}
