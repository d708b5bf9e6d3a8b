import type { Labels } from '../../components/chip.js';
import type { Letter } from './read-case.js';

/** States of a letter. */
export const letterStates: Labels = { open: 'Open', ordered: 'In an order', closed: 'Closed' };

/** What came of a letter. */
export const letterResults: Labels = {
  replayed: 'Replayed: it went through',
  skipped: 'Skipped: nothing was done about it',
  resolved: 'Resolved: a document stands for it',
  'dead-again': 'Dead-lettered again',
  'not-applicable': 'Not applicable any more',
};

/** Where a letter stands, in one sentence. */
export function standingOf({ state, result, held }: Letter): string {
  if (state === 'closed')
    return result === 'dead-again'
      ? 'This letter is closed: its message was dead-lettered again, and the newest letter is the one to decide about.'
      : 'This letter is closed: nothing has to be done about it any more.';
  if (state === 'ordered') return 'An order about it is under way.';
  return held
    ? 'It is held: only a person can say how it goes on.'
    : 'It is open: its message is processed no further until somebody decides.';
}

/** What a code means and what to do about it. */
export interface CodeText {
  readonly meaning: string;
  readonly action: string;
}

/** The text of a code; codes of a connector have `erp.` before them. undefined: it is not in the list, such as a code that an ERP made up. */
export function codeText(codes: Readonly<Record<string, CodeText>>, code: string): CodeText | undefined {
  const known = [code, code.replace(/^erp\./, '')].find((name) => Object.hasOwn(codes, name));
  return known === undefined ? undefined : codes[known];
}

/** What to do where no document of ours knows the code. */
export function unlistedAction(code: string): string {
  if (code.startsWith('internal.')) return 'This is a defect of Tributary: report it with the id of the trace. The message itself is fine.';
  return 'The code comes from the target or from a flow: read the text, correct the cause, then replay the letter.';
}
