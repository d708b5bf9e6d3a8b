/** A way to write a card number: its name, and the text for its digits. */
export type Spelling = readonly [name: string, write: (digits: string) => string];

/** Digits in groups as they stand on a card: fours, or 4-6-5 for fifteen digits. */
function groups(digits: string): string[] {
  if (digits.length === 15) return [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)];
  return digits.match(/.{1,4}/g) ?? [];
}

const between = (separator: string) => (digits: string) => groups(digits).join(separator);
const single = (separator: string) => (digits: string) => [...digits].join(separator);
const script = (zero: number) => (digits: string) => [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
const around = (before: string, after: string) => (digits: string) => before + digits + after;

const separators: readonly (readonly [string, string])[] = [
  ['spaces', ' '],
  ['two spaces', '  '],
  ['three spaces', '   '],
  ['dashes', '-'],
  ['dashes between spaces', ' - '],
  ['dots', '.'],
  ['three dots', '...'],
  ['slashes', '/'],
  ['slashes between spaces', ' / '],
  ['backslashes', '\\'],
  ['underscores', '_'],
  ['bars', '|'],
  ['tabs', '\t'],
  ['line ends', '\n'],
  ['line ends of Windows', '\r\n'],
  ['middle dots', '\u00b7'],
  ['bullets', '\u2022'],
  ['spaces that do not break', '\u00a0'],
  ['narrow spaces that do not break', '\u202f'],
  ['figure spaces', '\u2007'],
  ['thin spaces', '\u2009'],
  ['hair spaces', '\u200a'],
  ['em spaces', '\u2003'],
  ['ideographic spaces', '\u3000'],
  ['mathematical spaces', '\u205f'],
  ['zero-width spaces', '\u200b'],
  ['zero-width joiners', '\u200d'],
  ['zero-width non-joiners', '\u200c'],
  ['word joiners', '\u2060'],
  ['byte order marks', '\ufeff'],
  ['soft hyphens', '\u00ad'],
  ['marks of direction', '\u200e'],
  ['isolates of direction', '\u2066'],
  ['combining joiners', '\u034f'],
  ['hyphens', '\u2010'],
  ['hyphens that do not break', '\u2011'],
  ['en dashes', '\u2013'],
  ['em dashes', '\u2014'],
  ['minus signs', '\u2212'],
  ['full-width hyphens', '\uff0d'],
  ['full-width dots', '\uff0e'],
  ['full-width slashes', '\uff0f'],
  ['a dash between zero-width spaces', '\u200b-\u200b'],
  ['a space, a dash and a dot', ' -.'],
];

/** The ways in which card numbers are looked for. What is not found is in docs/threat-model.md. */
export const spellings: readonly Spelling[] = [
  ['digits alone', (digits) => digits],
  ...separators.map(([name, separator]): Spelling => [`groups with ${name}`, between(separator)]),
  ['single digits with spaces', single(' ')],
  ['single digits with dashes', single('-')],
  ['single digits with zero-width spaces', single('\u200b')],
  ['pairs with dots', (digits) => (digits.match(/.{1,2}/g) ?? []).join('.')],
  ['full-width digits', script(0xff10)],
  ['full-width digits in groups', (digits) => script(0xff10)(between(' ')(digits).replaceAll(' ', '')).replace(/(.{4})(?=.)/g, '$1 ')],
  ['Arabic digits', script(0x0660)],
  ['eastern Arabic digits', script(0x06f0)],
  ['Devanagari digits', script(0x0966)],
  ['Bengali digits', script(0x09e6)],
  ['Thai digits', script(0x0e50)],
  ['bold mathematical digits', script(0x1d7ce)],
  ['monospace mathematical digits', script(0x1d7f6)],
  ['digits of two scripts', (digits) => digits.slice(0, 8) + script(0x0660)(digits.slice(8))],
  ['glued to letters', around('card', 'thanks')],
  ['glued to letters of another script', around('карта', 'спасибо')],
  ['after a hash', around('#', '')],
  ['in brackets', around('(', ')')],
  ['in quotes', around('"', '"')],
  ['in an address of the web', around('https://shop.example/pay?pan=', '&x=1')],
  ['in a mail address', around('', '@shop.example')],
  ['with its expiry behind a slash', around('', ' exp 12/29')],
  ['with a word between its halves', (digits) => `${digits} or ${digits}`],
  ['after a shorter number', around('order 1234, ', '')],
];
