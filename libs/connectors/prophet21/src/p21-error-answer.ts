import { readExactJson } from './p21-json.js';

/** An error as P21 answered it. */
export interface ErrorAnswer {
  /** ErrorType of the middleware, `error` of the token service; '' when the body has neither. */
  readonly type: string;
  readonly text: string;
  /** The column that the text names, if any. */
  readonly field?: string;
}

/** Longest text taken over from an answer, characters. */
const maxText = 500;

/**
 * Reads an error body: the middleware's JSON, that of the token service, an OData error, or plain text and pages of a proxy.
 * Source: docs/reference/prophet21.md sections 3, 5 and 6.
 */
export function readErrorAnswer(body: string): ErrorAnswer {
  const json = jsonOf(body);
  if (json === undefined) {
    const text = body
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    return { type: '', text: shortened(text || 'no text') };
  }
  const inner = json.error;
  const odata = typeof inner === 'object' && inner !== null ? (inner as { message?: unknown }).message : undefined;
  const said = [json.ErrorMessage, json.error_description, json.Message, odata, json.error].find((one) => typeof one === 'string');
  const type = [json.ErrorType, json.error].find((one) => typeof one === 'string');
  const text = shortened(typeof said === 'string' && said !== '' ? said : 'no text');
  const field = fieldIn(text);
  return { type: typeof type === 'string' ? type : '', text, ...(field ? { field } : {}) };
}

/** The column that a text of P21 is about: `Column is disabled: company_id`, `legacy_id: the value is longer ...`. */
export function fieldIn(text: string): string | undefined {
  return /column is disabled: (\w+)/i.exec(text)?.[1] ?? /(?:^|:: ?)([a-z]\w*_\w+):/i.exec(text)?.[1] ?? undefined;
}

function jsonOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const answer = readExactJson(body);
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function shortened(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}...` : text;
}
