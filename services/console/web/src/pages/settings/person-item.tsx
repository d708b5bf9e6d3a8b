import { useState } from 'react';
import { Chip } from '../../components/chip.js';
import { ConfirmButton } from '../../components/confirm-button.js';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import { useAction } from '../../identity/use-action.js';
import { changePerson, makeLink } from './api.js';
import type { OneTimeLink, Person } from './api.js';
import { accessLabels } from './labels.js';
import { OneTimeLinkField } from './one-time-link.js';
import { RolesForm } from './roles-form.js';

/** One person, and below them what is being changed. */
export function PersonItem({ person, isSelf }: { readonly person: Person; readonly isSelf: boolean }) {
  const { id, subject, name, locked } = person;
  const [editing, setEditing] = useState(false);
  const [link, setLink] = useState<OneTimeLink>();
  const { busy, problem, run } = useAction();
  const shown = visibleText(name, 100);
  return (
    <li data-row>
      <div className="who">
        <p className="name">
          <strong>{shown}</strong> <Chip labels={accessLabels} word={locked ? 'locked' : 'active'} />
        </p>
        <p>{rolesOf(person)}</p>
        <p className="muted">
          {signsInAs(person)} · <code>{visibleText(subject, 60)}</code>
        </p>
      </div>
      {isSelf ? (
        <p className="muted">You: somebody else changes your access.</p>
      ) : (
        <p className="actions">
          <button type="button" aria-expanded={editing} aria-label={`Roles: ${shown}`} onClick={() => setEditing(!editing)}>
            Roles
          </button>
          {!locked && (
            <button
              type="button"
              disabled={busy}
              aria-label={`Sign-in link: ${shown}`}
              onClick={() => run(async () => setLink(await makeLink(id)))}
            >
              Sign-in link
            </button>
          )}
          <Lock name={shown} locked={locked} onChange={(wanted) => run(() => changePerson(id, { locked: wanted }))} />
        </p>
      )}
      {(editing || link || problem !== undefined) && (
        <div className="below">
          <Problem text={problem} />
          {link && <OneTimeLinkField name={shown} link={link} />}
          {editing && <RolesForm person={person} onDone={() => setEditing(false)} />}
        </div>
      )}
    </li>
  );
}

interface LockProps {
  readonly name: string;
  readonly locked: boolean;
  readonly onChange: (locked: boolean) => void;
}

function Lock({ name, locked, onChange }: LockProps) {
  if (locked)
    return (
      <button type="button" aria-label={`Let in: ${name}`} onClick={() => onChange(false)}>
        Let in
      </button>
    );
  return (
    <ConfirmButton
      label={`Lock out: ${name}`}
      question="End their sessions, withdraw their tokens and let them in no more?"
      onConfirm={() => onChange(true)}
    >
      Lock out
    </ConfirmButton>
  );
}

function signsInAs({ login, issuer, hasPassword }: Person): string {
  if (issuer !== null) return `at ${visibleText(issuer, 80)}`;
  const name = login === null ? 'no sign-in name' : visibleText(login, 80);
  return hasPassword ? name : `${name} (no password yet)`;
}

function rolesOf({ grants }: Person): string {
  if (grants.length === 0) return 'no role';
  return visibleText(grants.map(({ role, target }) => (target === '*' ? role : `${role} for ${target}`)).join(', '), 500);
}
