/** Deepest nesting of a JSON body that is parsed. The bodies in proof/fixtures/stripe have at most 11 levels. */
export const maxJsonDepth = 64;

/** Character codes of `[` and `{`, and of `]` and `}`, differ in this bit only. */
const bracketBit = 0x20;
const [opening, closing] = [0x5b, 0x5d];
const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether a JSON text is nested deeper than a limit, seen before it is parsed: later steps walk through it by recursion. Brackets in strings do
 * not count. A text that is no JSON may give either answer.
 */
export function isNestedDeeperThan(text: string, limit: number): boolean {
  // Nearly every text has fewer brackets than may be open at once, and finding those is much faster than reading the text.
  if (hasAtMost(text, limit)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at + 1);
    else if ((code & ~bracketBit) === opening) {
      depth += 1;
      if (depth > limit) return true;
    } else if ((code & ~bracketBit) === closing) depth -= 1;
  }
  return false;
}

function hasAtMost(text: string, most: number): boolean {
  let found = 0;
  for (const bracket of '[{')
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      found += 1;
      if (found > most) return false;
    }
  return true;
}

/** Where the string that begins at an offset has its closing quote. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (first > from && text.charCodeAt(first - 1) === backslash) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}
