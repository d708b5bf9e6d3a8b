import { headers as names } from '@tributary/contracts';

/** Context of the failure, from the headers of a dead letter; empty when it has none, or the header was cut. */
export function failureContext(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  try {
    const context = JSON.parse(headers[names.errorContext] ?? '{}') as unknown;
    if (typeof context !== 'object' || context === null || Array.isArray(context)) return {};
    return Object.fromEntries(Object.entries(context).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
