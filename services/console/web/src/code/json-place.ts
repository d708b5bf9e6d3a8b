/** A part of a JSON text: from its first character to behind its last. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the value at a path stands in a JSON text, or the nearest value around it that is there; undefined: the text is no JSON object or list.
 * One pass over the text that keeps no more than a stack, so that a text of any size or depth is read. Never throws.
 * @param path `amount.minor`, `lines[2].fields.Name`; '' is the whole value.
 */
export function placeOf(text: string, path: string): (TextRange & { readonly exact: boolean }) | undefined {
  const wanted = stepsOf(path);
  let at = skipBlanks(text, 0);
  let range = valueAt(text, at);
  if (!range) return undefined;
  for (const [index, step] of wanted.entries()) {
    const inner = memberAt(text, at, step);
    if (!inner) return { ...range, exact: false };
    at = inner.value;
    const value = valueAt(text, at);
    if (!value) return { ...range, exact: false };
    range = index === wanted.length - 1 ? { from: inner.from, to: value.to } : value;
  }
  return { ...range, exact: true };
}

/** The names and places of a path; a name may hold dots only where nothing else fits, so it is split at each. */
function stepsOf(path: string): readonly (string | number)[] {
  return path === ''
    ? []
    : path.split('.').flatMap((part) => {
        const [name = '', ...places] = part.split('[');
        return [...(name === '' ? [] : [name]), ...places.map((place) => Number.parseInt(place, 10))];
      });
}

/** The member of an object or list: where it begins, and where its value does. */
function memberAt(text: string, start: number, step: string | number): { readonly from: number; readonly value: number } | undefined {
  const isList = text[start] === '[';
  if (!isList && text[start] !== '{') return undefined;
  let at = skipBlanks(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index += 1) {
    const from = at;
    let name: unknown = index;
    if (!isList) {
      const key = valueAt(text, at);
      if (!key || text[at] !== '"') return undefined;
      name = parsed(text.slice(key.from, key.to));
      at = skipBlanks(text, key.to);
      if (text[at] !== ':') return undefined;
      at = skipBlanks(text, at + 1);
    }
    if (name === step) return { from, value: at };
    const value = valueAt(text, at);
    if (!value) return undefined;
    at = skipBlanks(text, value.to);
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return undefined;
}

/** The value that begins at a place. */
function valueAt(text: string, from: number): TextRange | undefined {
  const first = text[from];
  if (first === '"') return { from, to: endOfText(text, from) };
  if (first === '{' || first === '[') {
    let depth = 0;
    for (let at = from; at < text.length; at += 1) {
      const character = text[at];
      if (character === '"') at = endOfText(text, at) - 1;
      else if (character === '{' || character === '[') depth += 1;
      else if ((character === '}' || character === ']') && (depth -= 1) === 0) return { from, to: at + 1 };
    }
    return undefined;
  }
  let to = from;
  while (to < text.length && /[\w+.-]/.test(text[to] ?? '')) to += 1;
  return to === from ? undefined : { from, to };
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (/\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The line of a place, counted from 1; undefined: there is no place. */
export function lineOf(text: string, at: number | undefined): number | undefined {
  return at === undefined ? undefined : text.slice(0, at).split('\n').length;
}
