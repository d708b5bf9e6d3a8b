/** One string of a JSON text, key or value, or one number. */
export interface JsonString {
  /** Names and indexes from the root, of the value, or of the value that the key belongs to. */
  readonly path: readonly (string | number)[];
  readonly role: 'key' | 'value' | 'number';
  /** Index of the opening and of the closing quote in the text; of a number, of its first character and the one after it. */
  readonly start: number;
  readonly end: number;
  /** Decoded; of a number, as it is written. */
  readonly value: string;
}

interface Frame {
  /** Name of the member or index of the element that is being read. */
  at: string | number;
  readonly isArray: boolean;
  expectsKey: boolean;
}

const quote = 34;
const backslash = 92;

/**
 * Every string and every number of a JSON text with its path and place, in the order of the text. Iterative, so nesting has no limit.
 * @param text valid JSON (already parsed once); the outcome for anything else is undefined, but it ends.
 */
export function* jsonStrings(text: string): Generator<JsonString> {
  const stack: Frame[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const top = stack.at(-1);
    switch (text.charCodeAt(index)) {
      case 123: // {
        stack.push({ at: '', isArray: false, expectsKey: true });
        break;
      case 91: // [
        stack.push({ at: 0, isArray: true, expectsKey: false });
        break;
      case 125: // }
      case 93: // ]
        stack.pop();
        break;
      case 44: // ,
        if (top?.isArray) top.at = (top.at as number) + 1;
        else if (top) top.expectsKey = true;
        break;
      case quote: {
        const end = endOfString(text, index);
        const value = decoded(text, index, end);
        const role = top?.expectsKey ? 'key' : 'value';
        if (top?.expectsKey) {
          top.at = value;
          top.expectsKey = false;
        }
        yield { path: stack.map(({ at }) => at), role, start: index, end, value };
        index = end;
        break;
      }
      default: {
        const number = numberAt(text, index);
        if (number === undefined) break;
        yield { path: stack.map(({ at }) => at), role: 'number', start: index, end: index + number.length, value: number };
        index += number.length - 1;
      }
    }
  }
}

const number = /-?\d[\d.eE+-]*/y;

/** The number that begins at this place, outside of a string; undefined when none does. */
function numberAt(text: string, index: number): string | undefined {
  const code = text.charCodeAt(index);
  if (code !== 45 && !(code >= 48 && code <= 57)) return undefined;
  number.lastIndex = index;
  return number.exec(text)?.[0];
}

/** Position of each UTF-16 unit of a decoded string in the JSON text: index of its first character, and its length there. */
export function placesOf(text: string, string: Pick<JsonString, 'start' | 'end'>): { readonly at: number; readonly length: number }[] {
  const places: { at: number; length: number }[] = [];
  for (let index = string.start + 1; index < string.end;) {
    const length = text.charCodeAt(index) !== backslash ? 1 : text.charCodeAt(index + 1) === 117 /* u */ ? 6 : 2;
    places.push({ at: index, length });
    index += length;
  }
  return places;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === backslash) index += 1;
    else if (code === quote) return index;
  }
  return text.length;
}

function decoded(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end);
  return inner.includes('\\') ? (JSON.parse(`"${inner}"`) as string) : inner;
}
