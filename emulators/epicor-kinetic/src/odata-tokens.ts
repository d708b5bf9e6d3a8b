import { KineticError } from './answers.js';

const tokenPattern = /\s*(?:(?<text>'(?:[^']|'')*')|(?<punctuation>[()])|(?<word>[A-Za-z_][\w./]*)|(?<literal>-?\d[\w:.+-]*))/y;

/** Parts a `$filter` into its tokens. @throws {KineticError} at a character that begins none. */
export function tokenise(text: string): string[] {
  const tokens: string[] = [];
  // Commas only part the arguments of functions, whose number is fixed.
  const plain = text.replace(/'(?:[^']|'')*'|,/g, (match) => (match === ',' ? ' ' : match));
  tokenPattern.lastIndex = 0;
  while (plain.slice(tokenPattern.lastIndex).trim() !== '') {
    const position = tokenPattern.lastIndex;
    const match = tokenPattern.exec(plain);
    if (!match) throw new KineticError('odata', `Syntax error at position ${position} in '${text}'.`);
    tokens.push(match[0].trim());
  }
  return tokens;
}
