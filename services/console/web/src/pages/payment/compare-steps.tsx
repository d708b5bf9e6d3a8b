import { useQuery } from '@tanstack/react-query';
import { Suspense, useId } from 'react';
import { JsonBeside } from '../../code/lazy.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { visibleText } from '../../format/text.js';
import type { Trace } from '../../recon/shapes.js';
import { messageOf } from '../../shell/http.js';
import { navigate } from '../../shell/navigation.js';
import { comparablesOf, usualPairs } from './comparable.js';
import type { Comparable } from './comparable.js';
import { recordQuery } from '../../record/record-query.js';
import { recordJson } from '../../record/record-json.js';

/** Keys of what stands side by side. */
export interface ChosenPair {
  readonly left: string | null;
  readonly right: string | null;
}

interface Props {
  readonly trace: Pick<Trace, 'steps' | 'documents'>;
  readonly chosen: ChosenPair;
  /** The address of this page with another pair. */
  readonly hrefOf: (pair: ChosenPair) => string;
}

const place = 'compare';
/** Most pairs that are offered as links. */
const pairsShown = 12;

/** Two steps of a payment side by side, with what differs marked. Which ones is in the address. */
export function CompareSteps({ trace, chosen, hrefOf }: Props) {
  const all = comparablesOf(trace);
  if (all.length < 2) return null;
  const to = ({ left, right }: ChosenPair): string => `${hrefOf({ left, right })}#${place}`;
  const [one, other] = [chosen.left, chosen.right].map((key) => all.find((one) => one.key === key));
  return (
    <section aria-labelledby={place} className="compare">
      <h3 id={place} tabIndex={-1}>
        Compare two steps
      </h3>
      <ul className="pairs">
        {usualPairs(trace)
          .slice(0, pairsShown)
          .map((pair) => (
            <li key={`${pair.left} ${pair.right}`}>
              <Link href={to(pair)} current={pair.left === chosen.left && pair.right === chosen.right}>
                {visibleText(pair.title, 120)}
              </Link>
            </li>
          ))}
      </ul>
      <div className="choices">
        <Choice label="Left" all={all} chosen={one} onChoose={(key) => navigate(to({ ...chosen, left: key }), { replace: true })} />
        <Choice label="Right" all={all} chosen={other} onChoose={(key) => navigate(to({ ...chosen, right: key }), { replace: true })} />
      </div>
      {one && other && <Beside left={one} right={other} />}
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: readonly Comparable[];
  readonly chosen: Comparable | undefined;
  readonly onChoose: (key: string | null) => void;
}

function Choice({ label, all, chosen, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={chosen?.key ?? ''} onChange={({ target }) => onChoose(target.value === '' ? null : target.value)}>
        <option value="">Choose</option>
        {all.map(({ key, title }) => (
          <option key={key} value={key}>
            {visibleText(title, 80)}
          </option>
        ))}
      </select>
    </p>
  );
}

function Beside({ left, right }: { readonly left: Comparable; readonly right: Comparable }) {
  const [one, other] = [useText(left), useText(right)];
  const problem = one.problem ?? other.problem;
  if (problem !== undefined) return <Problem text={problem} />;
  if (one.text === undefined || other.text === undefined) return <p className="notice muted">Reading both.</p>;
  return (
    <Suspense fallback={<p className="notice muted">Loading the view.</p>}>
      <JsonBeside
        left={{ label: `Left: ${visibleText(left.title, 100)}`, text: one.text }}
        right={{ label: `Right: ${visibleText(right.title, 100)}`, text: other.text }}
      />
    </Suspense>
  );
}

/** The text of what is compared; a record is read when somebody compares it. */
function useText({ messageId, text }: Comparable): { readonly text: string | undefined; readonly problem: string | undefined } {
  const { data, error } = useQuery({ ...recordQuery(messageId ?? ''), enabled: messageId !== undefined });
  if (messageId === undefined) return { text, problem: undefined };
  if (error) return { text: undefined, problem: messageOf(error) };
  return { text: data && (recordJson(data) ?? '"It is not kept any more."'), problem: undefined };
}
