import type { CustomerCandidateView, CustomerHintView, CustomerPairView } from '@tributary/contracts';

/** Most candidates of one question: a text that names more is no question that a person can answer here. */
const mostCandidates = 20;

/** `KETTLE (CustNum 12)`, or `C100 (Kettle Creek (UK) Ltd)`: every connector names the rows that it found in one of these ways. */
const namedRow = /([^\s(),;:]+) \(((?:[^()]|\([^()]*\)){1,200})\)/g;
/** `resolve with the CustNum of the right one`, `resolve with CustNum 12`: the name of the key that an answer needs. */
const neededKey = /resolve with (?:the |its )?(\w{1,40})(?: (?!if\b|of\b|to\b)([^\s(),;]{1,80}))?/;
/** Words that follow where no key is named. */
const noKeys = new Set(['the', 'its', 'it', 'that']);

/** The customers of a target that the text of a held posting names, each once, in the order of the text. */
export function candidatesIn(text: string | null): readonly CustomerCandidateView[] {
  const [, key = '', suggested] = neededKey.exec(text ?? '') ?? [];
  if (key === '' || noKeys.has(key)) return [];
  const found = new Map<string, CustomerCandidateView>();
  const add = (value: string, title: string): void => {
    if (!found.has(value)) found.set(value, { title, reference: { [key]: value } });
  };
  for (const [, before = '', within = ''] of (text ?? '').matchAll(namedRow)) {
    if (within.startsWith(`${key} `)) add(within.slice(key.length + 1), before);
    else add(before, within);
  }
  if (suggested !== undefined) add(suggested, `${key} ${suggested}`);
  return [...found.values()].slice(0, mostCandidates);
}

/** Whether a held posting asks which customer of the ledger is meant, by its stable code. */
export function asksWho(code: string, kind: string | null): boolean {
  return kind === 'customer' || /\.customer-(?:ambiguous|taken|id-taken|unmatched)$/.test(code);
}

/** Customers that one customer of a ledger stands for, as hints. */
export function sharedHints(customerId: string, pairs: readonly CustomerPairView[]): CustomerHintView[] {
  return pairs
    .filter(({ others }) => others.length > 0)
    .map(({ target, reference, others }) => ({
      kind: 'shared',
      target,
      text: `${target} has one customer, ${keysText(reference)}, for ${customerId} and for ${others.join(', ')}: one person who signed up twice, or a wrong match`,
      customers: others,
    }));
}

/** A customer for which a target named another customer before, as a hint. */
export function changedHint(target: string, before: CustomerPairView['reference'], now: CustomerPairView['reference']): CustomerHintView {
  const text = `${target} named ${keysText(before)} before, and ${keysText(now)} now: it was matched again, or merged there`;
  return { kind: 'changed', target, text, customers: [] };
}

function keysText(reference: CustomerPairView['reference']): string {
  const keys = Object.entries(reference ?? {}).map(([name, value]) => `${name} ${value}`);
  return keys.length === 0 ? 'no keys' : keys.join(', ');
}
