/**
 * The one place that reads error answers of the web layer. A 200 with a text in `errorMessage` is its rule, an HTTP error the exception.
 * Source: docs/reference/dynamics-sl.md section 2.3.
 */

/** Longest text taken over from an answer, characters. */
const maxText = 500;

/** The text of a refusal in an answer with status 200; undefined when all is well. Screens, orders and their rows each say it elsewhere. */
export function refusalIn(answer: unknown): string | undefined {
  const own = refusalOf(answer);
  if (own !== undefined || !isRecord(answer)) return own;
  for (const [name, value] of Object.entries(answer)) {
    const rows = Array.isArray(value) ? (value as unknown[]) : [value];
    const refused = rows.map(refusalOf).find((text) => text !== undefined);
    if (refused !== undefined) return `${name}: ${refused}`;
  }
  return undefined;
}

/** The text of an HTTP error: `Message` or `errorMessage` of a JSON body, else the page without its tags. */
export function textOfHttpError(body: string): string {
  try {
    const answer: unknown = JSON.parse(body);
    if (isRecord(answer)) {
      const said = textIn(answer, ['errorMessage', 'Message', 'message', 'ExceptionMessage']);
      if (said !== undefined) return said;
    }
  } catch {
    // No JSON: a page of IIS or of a proxy.
  }
  const plain = body
    .replace(/<(style|script|title)[^>]*>[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
  return shortened(plain.trim() || 'no text');
}

function refusalOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const said = textIn(value, ['errorMessage', 'errorString']) ?? violationIn(value.businessRuleViolations);
  if (said !== undefined) return said;
  const code = value.resultCode ?? value.errorCode;
  // Assumed: a negative code of a row or of a call is a refusal, as in the vendor's samples; 0 and above is none.
  return typeof code === 'number' && code < 0 ? `result code ${code}` : undefined;
}

function violationIn(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const fatal = (value as unknown[]).find((one) => isRecord(one) && one.fatal === true);
  return isRecord(fatal) ? shortened(`${String(fatal.key ?? 'rule')}: ${String(fatal.message ?? 'no text')}`) : undefined;
}

function textIn(value: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  const found = names.map((name) => value[name]).find((text): text is string => typeof text === 'string' && text.trim() !== '');
  return found === undefined ? undefined : shortened(found.trim());
}

function shortened(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}...` : text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
