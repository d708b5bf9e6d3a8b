import { useId } from 'react';
import { Link } from '../../components/link.js';
import { visibleText } from '../../format/text.js';
import { serverNow } from '../../shell/server-clock.js';
import { navigate } from '../../shell/navigation.js';
import { deskHref, filterTexts } from './filters.js';
import type { DeskFilters, DeskView } from './filters.js';
import type { Cause } from './read-desk.js';

const hourMs = 3_600_000;
/** How long something has waited at least, by the name of the choice. */
const ages = { 'an hour': hourMs, 'a day': 24 * hourMs, 'a week': 7 * 24 * hourMs } as const;

interface Props {
  readonly filters: DeskFilters;
  readonly view: DeskView;
  readonly causes: readonly Cause[];
}

/** What the list is narrowed down to. Every filter is in the address. */
export function FilterBar({ filters, view, causes }: Props) {
  const go = (change: Partial<Record<keyof DeskFilters, string | null>>): void =>
    navigate(deskHref({ ...filters, view, after: null, before: null, ...change }));
  const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
  const texts = filterTexts(filters);
  return (
    <>
      <div className="filter-bar" role="group" aria-label="Filters">
        <Choice
          label="Cause"
          value={filters.cause}
          options={unique(causes.map(({ cause }) => cause))}
          onChange={(cause) => go({ cause })}
        />
        <Choice
          label="Group"
          value={filters.group}
          options={unique(causes.map(({ group }) => group))}
          onChange={(group) => go({ group })}
        />
        {view !== 'causes' && (
          <>
            <Choice label="State" value={filters.state} options={['open', 'ordered']} onChange={(state) => go({ state })} />
            <Choice
              label="Waiting for at least"
              value={null}
              options={Object.keys(ages)}
              onChange={(age) => go({ to: age === null ? null : new Date(serverNow() - ages[age as keyof typeof ages]).toISOString() })}
            />
            <EventType key={filters.eventType} value={filters.eventType} onChange={(eventType) => go({ eventType })} />
          </>
        )}
      </div>
      {texts.length > 0 && (
        <p className="filters">
          Only{' '}
          {texts.map(({ name, text }) => (
            <Link
              key={name}
              href={deskHref({ ...filters, view, after: null, before: null, [name]: null })}
              label={`${text}: take this filter away`}
            >
              {text} <span aria-hidden="true">×</span>
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly string[];
  readonly onChange: (value: string | null) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const id = useId();
  const all = value === null || options.includes(value) ? options : [value, ...options];
  return (
    <span>
      <label htmlFor={id}>{label}</label>{' '}
      <select id={id} value={value ?? ''} onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}>
        <option value="">any</option>
        {all.map((one) => (
          <option key={one} value={one}>
            {visibleText(one, 60)}
          </option>
        ))}
      </select>
    </span>
  );
}

function EventType({ value, onChange }: { readonly value: string | null; readonly onChange: (value: string | null) => void }) {
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget).get('type');
        onChange(typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : null);
      }}
    >
      <label htmlFor={id}>Event type</label>{' '}
      <input id={id} name="type" defaultValue={value ?? ''} placeholder="posting.requested" size={18} maxLength={100} />
    </form>
  );
}
