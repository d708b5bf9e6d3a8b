import { useState } from 'react';
import type { BodyOf } from '../../api/documents.js';
import { visibleText } from '../../format/text.js';
import { Field } from '../../identity/field.js';
import { useSubmit } from '../../identity/use-submit.js';
import { readRecord, readText } from '../../recon/read-value.js';
import { order } from '../../shell/http.js';

/** What the person may do is what the console said; it refuses what it does not know. */
type Scope = BodyOf<'/identity/tokens', 'post'>['scope'];

interface Props {
  /** What the person may do: a token may do no more. */
  readonly permissions: readonly string[];
  readonly onMade: () => Promise<void>;
}

/** Makes a token, and shows it this one time. */
export function TokenForm({ permissions, onMade }: Props) {
  const [name, setName] = useState('');
  const [days, setDays] = useState('30');
  const [scope, setScope] = useState<ReadonlySet<string>>(new Set(['payments.read']));
  const [made, setMade] = useState<string>();
  const { busy, problem, onSubmit } = useSubmit(async () => {
    const answer = readRecord(await order('post', '/identity/tokens', {}, { name, scope: [...scope] as Scope, days: Number(days) }));
    setMade(readText(answer.token) ?? undefined);
    setName('');
    await onMade();
  });
  const toggle = (permission: string): void =>
    setScope((before) => new Set(before.has(permission) ? [...before].filter((each) => each !== permission) : [...before, permission]));
  return (
    <form onSubmit={onSubmit} className="stacked">
      {problem !== undefined && (
        <p className="notice bad" role="alert">
          {visibleText(problem)}
        </p>
      )}
      {made !== undefined && (
        <p className="field" role="status">
          <label htmlFor="made-token">Copy the token now: it is not shown again.</label>
          <input id="made-token" readOnly value={made} onFocus={(event) => event.target.select()} />
        </p>
      )}
      <Field label="Name of a new token" value={name} onChange={setName} autoComplete="off" hint="What it is for." />
      <Field label="Days" type="number" value={days} onChange={setDays} autoComplete="off" hint="At most 366." />
      <fieldset>
        <legend>It may</legend>
        {permissions.map((permission) => (
          <label key={permission} className="check">
            <input type="checkbox" checked={scope.has(permission)} onChange={() => toggle(permission)} /> {visibleText(permission, 100)}
          </label>
        ))}
      </fieldset>
      <p>
        <button type="submit" disabled={busy}>
          Make a token
        </button>
      </p>
    </form>
  );
}
