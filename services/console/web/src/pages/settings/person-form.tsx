import { useState } from 'react';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import { Field } from '../../identity/field.js';
import { useSubmit } from '../../identity/use-submit.js';
import { addPerson, makeLink } from './api.js';
import type { Grant, OneTimeLink } from './api.js';
import { GrantsEditor } from './grants-editor.js';
import { OneTimeLinkField } from './one-time-link.js';

const viewer: readonly Grant[] = [{ role: 'viewer', target: '*' }];

/** Adds a person, and shows the link by which they sign in the first time. */
export function PersonForm() {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [grants, setGrants] = useState(viewer);
  const [added, setAdded] = useState<{ readonly name: string; readonly link: OneTimeLink }>();
  const { busy, problem, onSubmit } = useSubmit(async () => {
    const person = await addPerson({ name, login, grants });
    setName('');
    setLogin('');
    setGrants(viewer);
    setAdded({ name: visibleText(person.name, 100), link: await makeLink(person.id) });
  });
  return (
    <>
      {added && <OneTimeLinkField name={added.name} link={added.link} />}
      <details className="add">
        <summary>Add a person</summary>
        <form onSubmit={onSubmit} className="stacked">
          <Problem text={problem} />
          <Field label="Name" value={name} onChange={setName} autoComplete="off" hint="As it stands in the audit trail." />
          <Field label="Sign-in name" value={login} onChange={setLogin} autoComplete="off" hint="Letters, digits and . _ @ + -" />
          <GrantsEditor grants={grants} onChange={setGrants} />
          <p>
            <button type="submit" className="primary" disabled={busy}>
              Add and make a link
            </button>
          </p>
        </form>
      </details>
    </>
  );
}
