import { useState } from 'react';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import { useSubmit } from '../../identity/use-submit.js';
import { changePerson } from './api.js';
import type { Grant, Person } from './api.js';
import { GrantsEditor } from './grants-editor.js';

interface Props {
  readonly person: Person;
  readonly onDone: () => void;
}

/** Changes the roles of somebody. */
export function RolesForm({ person, onDone }: Props) {
  const [grants, setGrants] = useState<readonly Grant[]>(person.grants);
  const { busy, problem, onSubmit } = useSubmit(async () => {
    await changePerson(person.id, { grants });
    onDone();
  });
  return (
    <form onSubmit={onSubmit} aria-label={`Roles of ${visibleText(person.name, 100)}`}>
      <Problem text={problem} />
      <GrantsEditor grants={grants} onChange={setGrants} />
      {person.issuer !== null && (
        <p className="note muted">Roles by the groups of the identity provider come back with the next sign-in.</p>
      )}
      <p className="note">
        <button type="submit" className="primary" disabled={busy}>
          Save roles
        </button>{' '}
        <button type="button" onClick={onDone}>
          Leave as they are
        </button>{' '}
        <span className="muted">Other roles end their sessions and withdraw their tokens.</span>
      </p>
    </form>
  );
}
