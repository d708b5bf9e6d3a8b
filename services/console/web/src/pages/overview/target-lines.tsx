import { Amount } from '../../components/amount.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { addressPart, counted, visibleText } from '../../format/text.js';
import { useTargets } from '../targets/api.js';
import type { Targets } from '../targets/read-targets.js';
import { TargetChip } from '../targets/target-state.js';
import { pageOfList } from './page-of-list.js';
import type { Clearing, TargetLine } from './read-today.js';

interface Props {
  readonly targets: readonly TargetLine[];
  readonly clearing: readonly Clearing[];
}

/** Each target in one line: what was written, what is open, and how its clearing account stands beside Stripe. */
export function TargetLines({ targets, clearing }: Props) {
  const { data: known } = useTargets();
  return (
    <section className="card" aria-labelledby="targets-title">
      <div className="bar-of-tools">
        <h2 id="targets-title">Targets</h2>
        <Link href="/books">Books</Link>
        <Link href="/targets">All about targets</Link>
      </div>
      {targets.length === 0 && <p className="muted">Nothing was requested of a target yet.</p>}
      <ul className="target-lines">
        {targets.map((line) => (
          <li key={line.target} data-row>
            <strong>
              <Link href={`/targets/${addressPart(line.target)}`}>{visibleText(line.target, 60)}</Link>
            </strong>{' '}
            <Standing target={line.target} known={known} />
            {line.documents === 0 && line.requested !== 0 ? (
              <>{counted(line.requested, 'request')}, no documents</>
            ) : (
              <ListLink list={line.documentsList} text={`${counted(line.documents, 'document')} written`} />
            )}
            , <ListLink list={line.lettersList} text={counted(line.letters.count, 'dead letter')} />
            {line.lastWrittenAt !== null && (
              <>
                , last one <Instant at={line.lastWrittenAt} />
              </>
            )}
            <Differences rows={clearing.filter(({ target }) => target === line.target)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The state of a target that is not simply working, with who paused it; a sink that does not answer is one, too. */
function Standing({ target, known }: { readonly target: string; readonly known: Targets | undefined }) {
  const found = known?.targets.find((one) => one.target === target);
  if (known?.silent.some(({ targets }) => targets.includes(target))) return <span className="bad">its sink does not answer, </span>;
  if (found === undefined || found.state === 'working') return null;
  return (
    <>
      <TargetChip state={found.state} />{' '}
      {found.paused !== null && (
        <>
          by {visibleText(found.paused.by, 80)}: “{visibleText(found.paused.reason, 200)}”,{' '}
        </>
      )}
    </>
  );
}

function Differences({ rows }: { readonly rows: readonly Clearing[] }) {
  if (rows.length === 0) return null;
  const different = rows.filter(({ difference }) => difference?.minor !== '0');
  return (
    <span className={different.length === 0 ? 'clearing good' : 'clearing bad'}>
      {different.length === 0 ? ' Clearing equals Stripe' : ' Clearing differs from Stripe by '}
      {different.map(({ difference }, index) => (
        <span key={index}>
          {index > 0 && ', '}
          <Amount amount={difference} absent="an unknown amount" />
        </span>
      ))}
    </span>
  );
}

function ListLink({ list, text }: { readonly list: string | null; readonly text: string }) {
  const href = pageOfList(list);
  return href === undefined ? <>{text}</> : <Link href={href}>{text}</Link>;
}
