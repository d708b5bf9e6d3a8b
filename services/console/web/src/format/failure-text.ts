/** `posting <key>: <code>: ` before the same `posting <key>: `, as a dead letter of a held posting begins. */
const saidTwice = /^(posting [^\s:]+): [a-z][\w.-]*: (?=\1: )/;

/** What was wrong, without the beginning that it repeats; the code stands beside it. */
export function failureText(text: string): string {
  return text.replace(saidTwice, '');
}
