import { useId } from 'react';
import { useShell } from '../../shell/live-context.js';
import type { Grant } from './api.js';
import { roleLabels } from './labels.js';

interface Props {
  readonly grants: readonly Grant[];
  readonly onChange: (grants: readonly Grant[]) => void;
}

/** The roles of somebody, each for one target or for all. */
export function GrantsEditor({ grants, onChange }: Props) {
  const known = useShell().live.snapshot?.overview?.written.map(({ target }) => target) ?? [];
  const listId = useId();
  const replace = (at: number, grant: Grant): void => onChange(grants.map((each, index) => (index === at ? grant : each)));
  return (
    <fieldset className="grants">
      <legend>Roles</legend>
      <datalist id={listId}>
        {['*', ...known].map((target) => (
          <option key={target} value={target} />
        ))}
      </datalist>
      {grants.map(({ role, target }, index) => (
        <p key={index}>
          <select value={role} aria-label={`Role ${index + 1}`} onChange={(event) => replace(index, { role: event.target.value, target })}>
            {[...new Set([...Object.keys(roleLabels), role])].map((each) => (
              <option key={each} value={each}>
                {roleLabels[each] ?? each}
              </option>
            ))}
          </select>{' '}
          <label>
            for target{' '}
            <input
              value={target}
              list={listId}
              required
              aria-label={`Target of role ${index + 1}`}
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => replace(index, { role, target: event.target.value })}
            />
          </label>{' '}
          <button type="button" aria-label={`Take away role ${index + 1}`} onClick={() => onChange(grants.filter((_, at) => at !== index))}>
            Take away
          </button>
        </p>
      ))}
      <p>
        <button type="button" onClick={() => onChange([...grants, { role: 'viewer', target: '*' }])}>
          Add a role
        </button>{' '}
        <span className="muted">* stands for all targets.</span>
      </p>
    </fieldset>
  );
}
