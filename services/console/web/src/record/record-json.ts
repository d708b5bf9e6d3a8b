import { jsonText } from '../code/json-text.js';
import { visibleText } from '../format/text.js';
import type { MessageRecord, RecordField } from './read-record.js';

/** Longest text that is shown as JSON, characters. */
const longestBody = 200_000;
/** Stands for a value that whoever looks may not read. */
const maskedValue = '[masked]';

/** A record as one JSON text: the webhook as it was stored, or the decoded message; null where neither is known. Never throws. */
export function recordJson({ body, fields }: MessageRecord): string | null {
  if (body !== null) return bodyJson(body);
  return fields.length === 0 ? null : jsonText(valueOf(fields));
}

/** A text from outside as JSON with line ends, what nobody sees in it escaped; what is no JSON, or has lines already, stays as it is. */
export function bodyJson(body: string): string {
  const shown = body.slice(0, longestBody);
  if (!shown.includes('\n')) {
    try {
      JSON.parse(shown);
      return indented(shown);
    } catch {
      // No JSON, or cut: shown as it is.
    }
  }
  return shown
    .split('\n')
    .map((line) => visibleText(line, longestBody))
    .join('\n');
}

/** Deepest indent: a text may have a thousand levels. */
const deepest = 30;
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** JSON with line ends, token by token: `10.50` stays `10.50`, and a whole number of any length what it is. */
function indented(json: string): string {
  const found = json.match(tokens) ?? [];
  let depth = 0;
  const line = (): string => `\n${'  '.repeat(Math.min(depth, deepest))}`;
  return found
    .map((token, index) => {
      const isEmpty = /^[{[]$/.test(token) ? /^[}\]]$/.test(found[index + 1] ?? '') : /^[{[]$/.test(found[index - 1] ?? '');
      if (token === '{' || token === '[') {
        depth += 1;
        return isEmpty ? token : token + line();
      }
      if (token === '}' || token === ']') {
        depth -= 1;
        return isEmpty ? token : line() + token;
      }
      if (token === ',') return token + line();
      return token === ':' ? ': ' : visibleText(token, longestBody);
    })
    .join('');
}

interface Node {
  value: string | null;
  readonly members: Map<string, Node>;
}

/** The value that decoded fields describe. Values stay the texts that they are, so that every figure is exact. */
function valueOf(fields: readonly RecordField[]): unknown {
  const root = newNode();
  for (const { path, value, masked } of fields) {
    let at = root;
    for (const step of stepsOf(path)) {
      const inner = at.members.get(step) ?? newNode();
      at.members.set(step, inner);
      at = inner;
    }
    at.value = masked ? maskedValue : value;
  }
  return plain(root);
}

const newNode = (): Node => ({ value: null, members: new Map() });

/** `lines[0].fields[Name]` as its steps: `lines`, `0`, `fields`, `Name`. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, place, name]) => place ?? name ?? '');
}

/** A value that has members is its members: what recon tells of it itself is how many there are. */
function plain({ value, members }: Node): unknown {
  if (members.size === 0) return value;
  const names = [...members.keys()];
  if (names.every((name, index) => name === String(index))) return names.map((name) => plain(members.get(name) ?? newNode()));
  // Without a prototype: a name may be any text.
  const made = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of members) made[name] = plain(member);
  return made;
}
