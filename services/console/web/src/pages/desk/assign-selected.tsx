import { useId, useState } from 'react';
import { Problem } from '../../components/problem.js';
import { counted, visibleText } from '../../format/text.js';
import { useAction } from '../../identity/use-action.js';
import { messageOf } from '../../shell/http.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { assign, useColleagues } from '../letter/api.js';
import type { Person } from '../letter/read-case.js';

/** A letter that is selected, and whose it is as far as the list says. */
export interface Given {
  readonly letter: string;
  readonly now: Person | null;
}

/** Gives the letters that are selected to somebody who may work on them. Whoever was quicker is not overwritten, and is named. */
export function AssignSelected({ chosen }: { readonly chosen: readonly Given[] }) {
  const { person } = useShell();
  const may = mayDo(person, 'letters.discuss');
  const [said, setSaid] = useState('');
  const { busy, problem, run } = useAction();
  const id = useId();
  const { data: colleagues = [] } = useColleagues(may && person !== null);
  const others = colleagues.filter(({ subject }) => subject !== person?.subject);
  if (!may) return null;
  const give = (to: 'me' | Person | null): void =>
    run(async () => {
      setSaid('');
      const refused: string[] = [];
      for (const { letter, now } of chosen)
        await assign(letter, to, now?.subject ?? null).catch((error: unknown) => refused.push(messageOf(error)));
      const name = to === 'me' ? 'you' : to === null ? 'nobody' : visibleText(to.name, 80);
      setSaid(`${counted(chosen.length - refused.length, 'letter')} given to ${name}.`);
      if (refused.length > 0) throw new Error(refused.join(' '));
    });
  return (
    <span className="assign-selected">
      <label htmlFor={id}>Give to</label>{' '}
      <select
        id={id}
        value=""
        disabled={busy || chosen.length === 0}
        onChange={({ target: { value } }) => give(value === 'me' ? 'me' : (others.find(({ subject }) => subject === value) ?? null))}
      >
        <option value="">somebody</option>
        <option value="me">me</option>
        {others.map(({ subject, name }) => (
          <option key={subject} value={subject}>
            {visibleText(name, 80)}
          </option>
        ))}
        <option value="nobody">nobody</option>
      </select>{' '}
      <span role="status" className="muted">
        {said}
      </span>
      <Problem text={problem} />
    </span>
  );
}
