import { useId } from 'react';
import type { FormEvent } from 'react';
import { shownZone } from '../format/company-format.js';
import { visibleText } from '../format/text.js';
import { instantOf } from '../format/time.js';
import { dayIn, startOfDay } from '../format/zone-day.js';
import { hrefOf } from '../shell/address.js';
import { navigate } from '../shell/navigation.js';
import { labelOf } from './chip.js';
import type { Labels } from './chip.js';
import { Link } from './link.js';

/** One filter of a list: its name in the address, and how it is chosen. */
export interface FilterField {
  readonly name: string;
  readonly label: string;
  /** `day`: an instant in the address, the beginning of a day in the form. */
  readonly as: 'text' | 'choice' | 'day';
  /** What can be chosen: value and label. */
  readonly choices?: Labels;
  readonly hint?: string;
}

/** Values of filters by name; null: not set. */
export type FilterValues = Readonly<Record<string, string | null>>;

interface Props {
  /** Address of the list. */
  readonly path: string;
  readonly fields: readonly FilterField[];
  readonly values: FilterValues;
  /** What else stays in the address. */
  readonly keep?: FilterValues;
  /** False: the page itself shows which filters are set. */
  readonly showsSet?: boolean;
}

/** The filters of a list: what is set, each with a way to take it away, and a form to set them. They are in the address. */
export function FilterForm({ path, fields, values, keep = {}, showsSet = true }: Props) {
  const set = showsSet ? fields.filter(({ name }) => values[name]) : [];
  const zone = shownZone();
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const chosen = fields.map((field) => [field.name, typedValue(field, String(typed.get(field.name) ?? '').trim(), values, zone)]);
    event.currentTarget.closest('details')?.removeAttribute('open');
    navigate(hrefOf(path, { ...keep, ...(Object.fromEntries(chosen) as FilterValues) }));
  };
  return (
    <div className="filter-bar">
      <details className="filter-form">
        <summary>Filter</summary>
        {/* Another address is another form: what was typed for the one before does not stay. */}
        <form key={JSON.stringify(values)} onSubmit={onSubmit}>
          {fields.map((field) => (
            <FilterInput key={field.name} field={field} value={values[field.name] ?? null} zone={zone} />
          ))}
          <p className="actions">
            <button type="submit" className="primary">
              Show
            </button>
          </p>
        </form>
      </details>
      {set.length > 0 && (
        <p className="filters">
          Only{' '}
          {set.map((field) => (
            <Link
              key={field.name}
              href={hrefOf(path, { ...keep, ...values, [field.name]: null })}
              label={`${field.label} ${shownValue(field, values)}: take this filter away`}
            >
              {field.label}: {shownValue(field, values)} <span aria-hidden="true">×</span>
            </Link>
          ))}
        </p>
      )}
    </div>
  );
}

interface InputProps {
  readonly field: FilterField;
  readonly value: string | null;
  readonly zone: string;
}

function FilterInput({ field, value, zone }: InputProps) {
  const id = useId();
  const hint = field.hint ?? (field.as === 'day' ? `00:00 in ${zone.replaceAll('_', ' ')}` : undefined);
  return (
    <p className="field">
      <label htmlFor={id}>{field.label}</label>
      {field.as === 'choice' ? (
        <select id={id} name={field.name} defaultValue={value ?? ''}>
          <option value="">Any</option>
          {Object.entries(withValue(field.choices ?? {}, value)).map(([choice, label]) => (
            <option key={choice} value={choice}>
              {label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          name={field.name}
          type={field.as === 'day' ? 'date' : 'text'}
          defaultValue={field.as === 'day' ? dayIn(value, zone) : (value ?? '')}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
      {hint !== undefined && (
        <span id={`${id}-hint`} className="muted">
          {hint}
        </span>
      )}
    </p>
  );
}

/** The choices, with the value of the address among them: a form that is opened and sent again changes nothing. */
function withValue(choices: Labels, value: string | null): Labels {
  return value === null || Object.hasOwn(choices, value) ? choices : { ...choices, [value]: labelOf(choices, value) };
}

function typedValue(field: FilterField, typed: string, values: FilterValues, zone: string): string | null {
  if (typed === '') return null;
  if (field.as !== 'day') return typed;
  // An address may name an instant within a day: it stays, unless another day was chosen.
  const before = values[field.name] ?? null;
  return dayIn(before, zone) === typed ? before : (startOfDay(typed, zone) ?? null);
}

function shownValue(field: FilterField, values: FilterValues): string {
  const value = values[field.name] ?? '';
  if (field.as === 'choice') return visibleText(labelOf(field.choices ?? {}, value), 80);
  return field.as === 'day' ? instantOf(value) : visibleText(value, 80);
}
