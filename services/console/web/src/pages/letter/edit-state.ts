import { useEffect, useRef, useState } from 'react';
import { lineOf, placeOf } from '../../code/json-place.js';
import { readJsonText } from '../../code/json-text.js';
import { useSession } from '../../identity/session.js';
import { messageOf } from '../../shell/http.js';
import { checkEdit } from './api.js';
import type { Checked, FieldProblem, MoneyChange } from './read-message.js';

/** Pause after the last key before an edit is checked, ms. */
const checkAfterMs = 500;

/** One thing that is wrong with an edit, with its line where it has one. */
export interface EditProblem extends FieldProblem {
  readonly line: number | undefined;
}

/** How far an edit is. */
export type EditState =
  | { readonly kind: 'same' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'wrong'; readonly problems: readonly EditProblem[] }
  | { readonly kind: 'good'; readonly value: unknown; readonly changes: number; readonly money: readonly MoneyChange[] };

/** Checks an edit while somebody types: at once whether it is JSON, after a pause whether it fits its schema. @param before the text as it was. */
export function useEditState(id: string, text: string, before: string): EditState {
  const [state, setState] = useState<EditState>({ kind: 'same' });
  const latest = useRef(0);
  const { ended } = useSession(); // what could not be checked while nobody was signed in is checked again
  useEffect(() => {
    if (ended) return;
    const turn = (latest.current += 1);
    const read = text === before ? undefined : readJsonText(text);
    if (!read || 'problem' in read) {
      setState(read ? { kind: 'wrong', problems: [noJson(text, read)] } : { kind: 'same' });
      return;
    }
    setState({ kind: 'checking' });
    const timer = setTimeout(() => {
      checkEdit(id, read.value).then(
        (checked) => turn === latest.current && setState(stateOf(checked, text, read.value)),
        (error: unknown) =>
          turn === latest.current && setState({ kind: 'wrong', problems: [{ path: '', text: messageOf(error), line: undefined }] }),
      );
    }, checkAfterMs);
    return () => clearTimeout(timer);
  }, [id, text, before, ended]);
  return state;
}

/** What recon said, with the lines of the text. */
export function stateOf(checked: Checked, text: string, value: unknown): EditState {
  if (!checked.ok) {
    const problems = checked.problems.map((problem) => ({ ...problem, line: lineOf(text, placeOf(text, problem.path)?.from) }));
    return { kind: 'wrong', problems };
  }
  return checked.changes === 0 ? { kind: 'same' } : { kind: 'good', value, changes: checked.changes, money: checked.money };
}

function noJson(text: string, { problem, at }: { readonly problem: string; readonly at: number | undefined }): EditProblem {
  return { path: '', text: problem, line: lineOf(text, at) };
}
