import { JsonFault } from './json-fault.js';

/** Bytes that tell what a value is. */
export const [quote, backslash, minus, zero, nine] = [0x22, 0x5c, 0x2d, 0x30, 0x39];
const [plus, point, unicodeEscape, upperE, lowerE] = [0x2b, 0x2e, 0x75, 0x45, 0x65];
/** No byte: the text has ended. */
export const end = -1;

/** For each byte 1 if it is one of these characters. A look into a table costs less than two comparisons. */
const among = (characters: string): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, code) => +characters.includes(String.fromCharCode(code)));
const isBlank = among(' \t\n\r');
const isEscape = among('"\\/bfnrtu');
const isHex = among('0123456789abcdefABCDEF');
/** Bytes of a string that stand for themselves: no quote, no backslash, no control character. */
export const isPlain = Uint8Array.from({ length: 256 }, (_, code) => +(code >= 0x20 && code !== quote && code !== backslash));

const [isTrue, isFalse, isNull] = ['true', 'false', 'null'].map((word) => Buffer.from(word)) as [Buffer, Buffer, Buffer];

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
    for (let { at } = this; at < length; at += 1) {
      const code = json[at] as number;
      if (isBlank[code] === 1) continue;
      this.at = at;
      return code;
    }
    this.at = length;
    return end;
  }

  /** Passes a string, which begins here. @returns the place of its closing quote. */
  protected string(): number {
    const { json, length } = this;
    let at = this.at + 1;
    while (at < length && isPlain[json[at] as number] === 1) at += 1;
    return this.ended(at);
  }

  /** Passes the rest of a string from its first byte on that does not stand for itself. @returns the place of its closing quote. */
  protected ended(from: number): number {
    const { json, length } = this;
    for (let at = from; at < length; at += 1) {
      const code = json[at] as number;
      if (isPlain[code] === 1) continue;
      if (code === quote) {
        this.at = at + 1;
        return at;
      }
      if (code !== backslash) throw new JsonFault('no-json', at);
      at = this.escape(at);
    }
    throw new JsonFault('no-json', length);
  }

  /** The string between two places. */
  protected decoded(begin: number, to: number): string {
    const written = this.json.toString('utf8', begin, to);
    return written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
  }

  /** The place of the last byte of the escape that begins here. */
  private escape(at: number): number {
    const { json, length } = this;
    const letter = at + 1 < length ? (json[at + 1] as number) : 0;
    if (isEscape[letter] !== 1) throw new JsonFault('no-json', at);
    if (letter !== unicodeEscape) return at + 1;
    for (let nr = at + 2; nr < at + 6; nr += 1) if (nr >= length || isHex[json[nr] as number] !== 1) throw new JsonFault('no-json', nr);
    return at + 5;
  }

  /** Passes a number, which begins here. */
  protected number(): void {
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
  }

  /** One digit or more. */
  private digits(): void {
    const { json, length, at: begin } = this;
    let at = begin;
    for (; at < length; at += 1) {
      const code = json[at] as number;
      if (code < zero || code > nine) break;
    }
    this.at = at;
    if (at === begin) throw this.noJson();
  }

  private byte(): number {
    return this.at < this.length ? (this.json[this.at] as number) : end;
  }

  /** Passes `true`, `false` or `null`, which begins here with this byte. @returns its value. */
  protected literal(code: number): boolean | null {
    if (code === isNull[0]) return this.word(isNull, null);
    return code === isTrue[0] ? this.word(isTrue, true) : this.word(isFalse, false);
  }

  private word<T>(word: Buffer, value: T): T {
    const { json, at } = this;
    if (at + word.length > this.length) throw this.noJson();
    for (let nr = 0; nr < word.length; nr += 1) if (json[at + nr] !== word[nr]) throw this.noJson();
    this.at = at + word.length;
    return value;
  }

  protected noJson(): JsonFault {
    return new JsonFault('no-json', this.at);
  }
}
