import { holdsSecretName } from '@tributary/domain';

/** A string of JSON, and the colon that makes it a name. */
const jsonString = /("(?:[^"\\]|\\.)*")(\s*:)?/g;
/** A number, `true` or `false` behind a name of JSON. */
const jsonScalar = /("(?:[^"\\]|\\.)*")(\s*:\s*)(-?[\d.eE+-]+|true|false)/g;
/** An element of XML with nothing but text in it. */
const xmlText = /<([\w.:-]+)((?:\s[^<>]*)?)>([^<>]*)<\/\1\s*>/g;
const xmlAttribute = /(\s)([\w.:-]+)=("[^"]*"|'[^']*')/g;
/** Texts that say nothing of people: amounts with decimals, dates, words of a boolean. Digits alone may be a telephone number. */
const figure = /^(?:-?\d{1,12}\.\d{1,6}|\d{4}-\d\d-\d\d(?:T[\d:.]{5,15}Z?)?|true|false)?$/i;

const secretText = '[secret]';
const maskedText = '[masked]';

/**
 * A body without the values of fields that are named like secrets, and without texts where those are not to be read; names, figures and the
 * structure stay, character by character. JSON, XML and forms are known; of anything else nothing but its length stays where texts are not
 * to be read. Never throws.
 * @param texts whether texts may be read.
 */
export function maskedBody(body: string, texts: boolean): string {
  const start = body.trimStart()[0];
  if (start === '{' || start === '[' || start === '"') return maskedJson(body, texts);
  if (start === '<') return maskedXml(body, texts);
  if (/^[^\s=&]+=[^\s]*$/.test(body)) return maskedForm(body, texts);
  return texts || body === '' ? body : `${maskedText} (${body.length} characters)`;
}

/** A path with its query: values of parameters that are named like secrets are masked, and all of them where texts are not to be read. */
export function maskedPath(path: string, texts: boolean): string {
  const at = path.indexOf('?');
  return at < 0 ? path : `${path.slice(0, at)}?${maskedForm(path.slice(at + 1), texts)}`;
}

/** Whether a request signs in: neither it nor its answer is anything but secrets. */
export function isSignIn(path: string): boolean {
  return /token|login|logout|session|oauth/i.test(path.split('?')[0] ?? '');
}

function maskedJson(body: string, texts: boolean): string {
  let name = '';
  const masked = body.replace(jsonString, (whole: string, string: string, colon: string | undefined) => {
    if (colon !== undefined) {
      name = string;
      return whole;
    }
    if (holdsSecretName(name)) return `"${secretText}"`;
    return texts || figure.test(string.slice(1, -1)) ? whole : `"${maskedText}"`;
  });
  return masked.replace(jsonScalar, (whole: string, string: string, colon: string) =>
    holdsSecretName(string) ? `${string}${colon}"${secretText}"` : whole,
  );
}

function maskedXml(body: string, texts: boolean): string {
  const attributes = (text: string): string =>
    text.replace(xmlAttribute, (whole: string, blank: string, name: string) =>
      holdsSecretName(name) ? `${blank}${name}="${secretText}"` : texts || /^xmlns/i.test(name) ? whole : `${blank}${name}="${maskedText}"`,
    );
  const masked = body.replace(xmlText, (whole: string, name: string, own: string, inner: string) => {
    if (inner.trim() === '') return whole;
    const shown = holdsSecretName(name) ? secretText : texts || figure.test(inner.trim()) ? inner : maskedText;
    return `<${name}${own}>${shown}</${name}>`;
  });
  return masked.replace(/<[\w.:-]+\s[^<>]*>/g, attributes);
}

function maskedForm(form: string, texts: boolean): string {
  return form
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return pair;
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (holdsSecretName(name)) return `${name}=${secretText}`;
      return texts || figure.test(value) ? pair : `${name}=${maskedText}`;
    })
    .join('&');
}
