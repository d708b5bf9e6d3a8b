import type { ReactNode } from 'react';
import { useParams } from '@tanstack/react-router';
import { CopyId } from '../../components/copy-id.js';
import { Instant, ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { addressPart, longTextLimit, visibleText } from '../../format/text.js';
import { hrefOf } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useEntry } from './api.js';
import type { Entry } from './api.js';
import { detailsOf } from './changes.js';

/** One entry of the audit trail: who did what, what was before and after, and whether the entry is as it was written. */
export function AuditEntryPage() {
  const { id = '' } = useParams({ strict: false });
  const { data, problem } = useEntry(id);
  useTitle(`Audit entry ${id}`);
  return (
    <main>
      <section className="card" aria-labelledby="entry-title">
        <div className="bar-of-tools">
          <h2 id="entry-title">Audit entry {visibleText(id, 30)}</h2>
          <ZoneNote />
        </div>
        <Problem text={problem} />
        {!data && problem === undefined && <p className="notice muted">Loading the entry.</p>}
        {data && (
          <Section what="The entry" retryOn={data}>
            <EntryFacts entry={data} />
          </Section>
        )}
        <Neighbours id={id} />
      </section>
    </main>
  );
}

/** What an entry says, as names and values. */
export function EntryFacts({ entry }: { readonly entry: Entry }) {
  const { subject, object, fitsItsHash, followsTheRowBefore } = entry;
  return (
    <>
      <dl className="named-facts">
        <Fact name="At">
          <Instant at={entry.at} />
        </Fact>
        <Fact name="Who">
          {textOf(entry.name)}
          {subject !== null && <IdLink id={subject} filter="subject" />}
        </Fact>
        <Fact name="Did">{textOf(entry.action)}</Fact>
        <Fact name="About">{object !== null && <IdLink id={object} filter="object" />}</Fact>
        <Fact name="Target">{textOf(entry.target)}</Fact>
        <Fact name="Why">{textOf(entry.reason)}</Fact>
        <Fact name="From address">{textOf(entry.address)}</Fact>
        <Fact name="As it was written">
          <span className={`chip ${fitsItsHash && followsTheRowBefore ? 'matched' : 'different'}`}>
            {whether(fitsItsHash, followsTheRowBefore)}
          </span>
        </Fact>
        <Fact name="Hash">
          <CopyId id={entry.hash ?? ''} />
        </Fact>
        <Fact name="Hash of the row before">
          <CopyId id={entry.previous ?? ''} />
        </Fact>
      </dl>
      <DetailTable details={entry.details} />
    </>
  );
}

function whether(fits: boolean, follows: boolean): string {
  if (!fits) return 'Changed: it does not fit its hash';
  return follows ? 'Fits its hash and the row before' : 'Does not follow the row before';
}

function DetailTable({ details }: { readonly details: unknown }) {
  const rows = detailsOf(details);
  if (rows.length === 0) return <p className="notice muted">It has no further details.</p>;
  return (
    <ListTable label="Details of the entry" titles={['Detail', 'Before', 'Value, or after']}>
      <tbody>
        {rows.map(({ name, before, after }, index) => (
          <tr key={index}>
            <td className="text wrapped">{visibleText(name)}</td>
            <td className="text wrapped">{before === undefined ? '' : visibleText(before, longTextLimit)}</td>
            <td className="text wrapped">{visibleText(after, longTextLimit)}</td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function IdLink({ id, filter }: { readonly id: string; readonly filter: 'subject' | 'object' }) {
  return (
    <>
      {' '}
      <CopyId id={id}>
        <Link href={hrefOf('/audit', { [filter]: id })} label={`All entries with the ${filter} ${visibleText(id, 100)}`}>
          <code>{visibleText(id, 120)}</code>
        </Link>
      </CopyId>
    </>
  );
}

const textOf = (text: string | null): string => (text === null ? '–' : visibleText(text, longTextLimit));

function Neighbours({ id }: { readonly id: string }) {
  const place = /^[1-9]\d{0,17}$/.test(id) ? BigInt(id) : undefined;
  return (
    <nav className="pages" aria-label="Entries around it">
      <Link href="/audit">All entries</Link>
      {place !== undefined && place > 1n && <Link href={`/audit/${addressPart(String(place - 1n))}`}>Entry before</Link>}
      {place !== undefined && <Link href={`/audit/${addressPart(String(place + 1n))}`}>Next entry</Link>}
    </nav>
  );
}
