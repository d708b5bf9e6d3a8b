import type { Body } from './bodies.js';

/** Fields of Stripe's objects that hold what a person typed or what identifies one. */
const personal =
  /^(?:name|email|phone|line1|line2|postal_code|description|receipt_email|customer_email|customer_name|customer_phone|cardholder_name|customer_address|statement_descriptor|note|uncategorized_text)$/;
const shortest = 8;

/** Texts of persons in the bodies, each once: values of personal fields and of metadata that are long enough to be found by chance nowhere. */
export function personalTexts(bodies: readonly Body[]): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown, isPersonal: boolean): void => {
    if (typeof value === 'string') {
      // An id names an object, and a word of a few letters may stand anywhere.
      if (isPersonal && value.length >= shortest && !/^[a-z]+_\w+$|^[\w-]+$/.test(value)) found.add(value);
    } else if (Array.isArray(value)) value.forEach((one) => walk(one, isPersonal));
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value))
        walk(one, personal.test(name) || name === 'metadata' || (isPersonal && name !== 'id'));
  };
  for (const { bytes } of bodies) walk((JSON.parse(bytes.toString('utf8')) as { data: unknown }).data, false);
  return found;
}

/** Personal texts that stand in what was told, with the line that holds them. */
export function leaked(texts: ReadonlySet<string>, told: string): string[] {
  const lines = told.split('\n');
  return [...texts].flatMap((text) => {
    const escaped = JSON.stringify(text).slice(1, -1);
    const line = lines.find((one) => one.includes(text) || one.includes(escaped));
    return line === undefined ? [] : [`${text}: ${line.slice(0, 300)}`];
  });
}
