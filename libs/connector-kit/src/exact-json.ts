interface ExactJson {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  rawJSON(text: string): unknown;
}
// Part of V8 since 11.4; TypeScript's library does not list the reviver's context and rawJSON yet.
const exact = JSON as unknown as ExactJson;

/** Reads JSON. Numbers are the text that they are written in, so that amounts keep their digits (I5). @throws {SyntaxError} */
export function readExactJson(text: string): unknown {
  return exact.parse(text, (_key, value, { source }) => (typeof value === 'number' ? source : value));
}

/** A JSON number with these digits, for JSON.stringify. @throws {RangeError} when the text is no plain decimal number. */
export function decimalToken(text: string): unknown {
  if (!/^-?\d{1,30}(\.\d{1,15})?$/.test(text)) throw new RangeError(`"${text.slice(0, 40)}" is no plain decimal number`);
  // JSON forbids leading zeros.
  return exact.rawJSON(text.replace(/^(-?)0+(?=\d)/, '$1'));
}
