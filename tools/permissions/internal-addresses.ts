/** A place in a source where the address of another service is written into what is answered. */
export interface AddressInAnswer {
  readonly file: string;
  readonly line: number;
}

const answered = /\bmessage\s*[:=]|Exception\(|OrderRefusedError\(|\bsend\(/;
const address = /\$\{[^}]*\b(?:\w*[uU]rl|URL|origin|brokers?|_URL|[A-Z_]+_URL)\b[^}]*\}/;

/** Places of a source text whose answers would name an address of another service. A template may begin some lines after what answers it. */
export function addressesInAnswers(file: string, text: string): AddressInAnswer[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const around = lines.slice(Math.max(0, index - 2), index + 1).join('\n');
    return address.test(line) && answered.test(around) ? [{ file, line: index + 1 }] : [];
  });
}
