import { JsonFault } from './json-fault.js';

/** Bytes that tell what a value is. */
export const [quote, backslash, minus, blank, zero, nine] = [0x22, 0x5c, 0x2d, 0x20, 0x30, 0x39];
const [plus, point, unicodeEscape, upperE, lowerE] = [0x2b, 0x2e, 0x75, 0x45, 0x65];
/** No byte: the text has ended. */
export const end = -1;
const isBlank = new Uint8Array(256);
for (const code of ' \t\n\r') isBlank[code.charCodeAt(0)] = 1;
const isEscape = new Uint8Array(256);
for (const code of '"\\/bfnrtu') isEscape[code.charCodeAt(0)] = 1;
const isHex = new Uint8Array(256);
for (const code of '0123456789abcdefABCDEF') isHex[code.charCodeAt(0)] = 1;

/** The tokens of a JSON text in UTF-8. */
export class JsonTokens {
  /** The place of the next byte. */
  protected at = 0;
  protected readonly length: number;

  constructor(protected readonly json: Buffer) {
    this.length = json.length;
  }

  /** The next byte that is not blank; `at` stays there. */
  protected next(): number {
    const { json, length } = this;
    let { at } = this;
    while (at < length && isBlank[json[at] as number] === 1) at += 1;
    this.at = at;
    return at < length ? (json[at] as number) : end;
  }

  /** A string, which is decoded if it is wanted. */
  protected text(wanted: boolean): string | undefined {
    const { json, length } = this;
    const begin = this.at + 1;
    let at = begin;
    let escaped = false;
    for (; at < length; at += 1) {
      const code = json[at] as number;
      if (code === quote || code < blank) break;
      if (code === backslash) {
        escaped = true;
        at = this.escape(at);
      }
    }
    if (at >= length || json[at] !== quote) throw new JsonFault('no-json', at);
    this.at = at + 1;
    return wanted ? this.decoded(begin, at, escaped) : undefined;
  }

  /** The string between two places. */
  protected decoded(begin: number, to: number, escaped: boolean): string {
    const written = this.json.toString('utf8', begin, to);
    return escaped ? (JSON.parse(`"${written}"`) as string) : written;
  }

  /** The place of the last byte of the escape that begins here. */
  protected escape(at: number): number {
    const { json, length } = this;
    const letter = at + 1 < length ? (json[at + 1] as number) : 0;
    if (isEscape[letter] !== 1) throw new JsonFault('no-json', at);
    if (letter !== unicodeEscape) return at + 1;
    for (let nr = at + 2; nr < at + 6; nr += 1) if (nr >= length || isHex[json[nr] as number] !== 1) throw new JsonFault('no-json', nr);
    return at + 5;
  }

  protected number(wanted: boolean): number | undefined {
    const begin = this.at;
    if (this.byte() === minus) this.at += 1;
    if (this.byte() === zero) this.at += 1;
    else this.digits();
    if (this.byte() === point) {
      this.at += 1;
      this.digits();
    }
    const exponent = this.byte();
    if (exponent === upperE || exponent === lowerE) {
      this.at += 1;
      const sign = this.byte();
      if (sign === plus || sign === minus) this.at += 1;
      this.digits();
    }
    return wanted ? Number(this.json.toString('latin1', begin, this.at)) : undefined;
  }

  /** One digit or more. */
  private digits(): void {
    const begin = this.at;
    for (let code = this.byte(); code >= zero && code <= nine; code = this.byte()) this.at += 1;
    if (this.at === begin) throw this.noJson();
  }

  private byte(): number {
    return this.at < this.length ? (this.json[this.at] as number) : end;
  }

  protected literal(): boolean | null {
    if (this.isWord('true')) return true;
    if (this.isWord('false')) return false;
    if (this.isWord('null')) return null;
    throw this.noJson();
  }

  private isWord(word: string): boolean {
    const { json, at } = this;
    if (at + word.length > this.length) return false;
    for (let nr = 0; nr < word.length; nr += 1) if (json[at + nr] !== word.charCodeAt(nr)) return false;
    this.at = at + word.length;
    return true;
  }

  protected noJson(): JsonFault {
    return new JsonFault('no-json', this.at);
  }
}
