import { maskCardNumbers } from '@tributary/card-guard';
import { secretNamePattern } from '@tributary/domain';

/**
 * Texts that look like a secret wherever they stand: Stripe keys and signing secrets, credentials in URLs, Basic and Bearer, signed tokens
 * (JWT), private keys (PEM, also with its line ends escaped).
 */
const secretTexts = [
  /\b(?:sk|rk)_(?:live|test|org)_[A-Za-z0-9_]+/g,
  /\bwhsec_[A-Za-z0-9_+/=-]+/g,
  /(?<=:\/\/[^:/\s@"]*:)[^@\s"]+(?=@)/g,
  /\b(?:Basic|Bearer) [A-Za-z0-9._~+/=-]{8,}/gi,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-"]|-(?!----END))*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
];

const names = secretNamePattern;
const text = String.raw`"(?:[^"\\]|\\.)*"`;
const value = String.raw`(?:${text}|\[(?:${text}|[^"\]])*\]|[^",{}[\]\s]+)`;
const secretFields = new RegExp(String.raw`("(?:${names})"\s*:\s*)${value}`, 'gi');
/** The value behind a name in a list of names and values, as `rawHeaders` of a request is. */
const secretPairs = new RegExp(String.raw`("(?:${names})"\s*,\s*)${text}`, 'gi');
/** A field of JSON that stands in a text, with its quotes escaped once or more often. */
const quoted = String.raw`(\\+)"(?:(?!\\+").)*?\1"`;
const nestedFields = new RegExp(String.raw`(\\+"(?:${names})\\+"\s*:\s*)(?:${quoted.replace('\\1', '\\2')}|[\w.+/=-]+)`, 'gi');

/** Cheap test that most log lines fail: only those that hold one of these are searched in full. */
const suspicious = new RegExp(String.raw`[sr]k_|whsec_|://|basic |bearer |eyJ|PRIVATE KEY|"(?:${names})\\*"`, 'i');
/** What a terminal obeys or hides: control characters that JSON leaves as they are, marks of direction, zero-width characters. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Longest log line, characters. A longer one is cut to its first fields and the beginning of its message. */
export const maxLogLine = 65_536;
/** Characters of the message that are left of a line that is too long. */
const keptOfMessage = 8_192;

/** The text without what looks like a secret. */
export function redactSecrets(value: string): string {
  return secretTexts.reduce((redacted, pattern) => redacted.replace(pattern, '[secret]'), value);
}

/**
 * A JSON log line without secrets and card numbers, at any depth: values of fields with a secret's name, and what looks like a secret in any
 * text. The result is one line of JSON again, at most {@link maxLogLine} characters, and holds no character that a terminal obeys.
 */
export function redactLine(line: string): string {
  const short = line.length > maxLogLine ? cut(line) : line;
  const redacted = suspicious.test(short) ? redactSecrets(withoutFields(short)) : short;
  return maskCardNumbers(redacted).text.replace(unseen, escaped);
}

function withoutFields(line: string): string {
  return line.replace(secretFields, '$1"[secret]"').replace(secretPairs, '$1"[secret]"').replace(nestedFields, '$1[secret]');
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

function cut(line: string): string {
  const end = line.endsWith('\n') ? '\n' : '';
  const whole: Readonly<Record<string, unknown>> = parsed(line);
  const kept = Object.fromEntries(
    ['level', 'time', 'service', 'traceId', 'context'].flatMap((name) => {
      const value = whole[name];
      return typeof value === 'string' && value.length <= 200 ? [[name, value]] : [];
    }),
  );
  const msg = typeof whole.msg === 'string' ? whole.msg : line;
  return JSON.stringify({ ...kept, msg: msg.slice(0, keptOfMessage), cutFrom: line.length }) + end;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
