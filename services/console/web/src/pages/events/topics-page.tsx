import { useSearch } from '@tanstack/react-router';
import { Instant, ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { counted, groupedDigits, visibleText } from '../../format/text.js';
import { hrefOf } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useGroups } from './api.js';
import programs from './consumer-programs.json';
import { CopyButton } from '../../components/copy-button.js';
import { ListTable } from '../../components/list-table.js';
import type { Group, Groups } from './read-message.js';
import { Sections } from './sections.js';

/** Topics that are for data teams (docs/data). */
const readable = [
  'ar.v1',
  'party.v1',
  'billing.v1',
  'treasury.v1',
  'risk.v1',
  'erp.v1',
  'xref.customer.v1',
  'xref.item.v1',
  'xref.document.v1',
];

/** How far the readers of each topic are, and how to write another one. */
export function TopicsPage() {
  const search: { topic?: string; language?: string } = useSearch({ strict: false });
  const { data: groups, problem } = useGroups();
  useTitle('Topics and their readers');
  return (
    <main className="message">
      <section className="card" aria-labelledby="topics-title">
        <div className="bar-of-tools">
          <h2 id="topics-title">Topics and their readers</h2>
          <Sections current="/topics" />
        </div>
        <Problem text={problem} />
        {groups === undefined && problem === undefined && <p className="notice muted">Asking Kafka how far the readers are.</p>}
        {groups !== undefined && (
          <Section what="The readers" retryOn={groups}>
            <GroupList groups={groups} />
          </Section>
        )}
      </section>
      <Consumers topic={search.topic ?? 'ar.v1'} language={search.language ?? 'typescript'} />
    </main>
  );
}

/** Every consumer group with its lag in words, and where its topics end. */
export function GroupList({ groups: { asOf, groups } }: { readonly groups: Groups }) {
  if (groups.length === 0) return <p className="notice muted">There is no reader that you may see.</p>;
  return (
    <>
      <p className="muted">
        As of <Instant at={asOf} />. <ZoneNote />. The lag of a group is the number of messages behind its committed offsets: what it has
        not finished with.
      </p>
      <ul className="groups">
        {groups.map((group) => (
          <li key={group.group}>
            <GroupCard group={group} />
          </li>
        ))}
      </ul>
    </>
  );
}

function GroupCard({ group }: { readonly group: Group }) {
  return (
    <>
      <h3>{visibleText(group.group)}</h3>
      <p className="muted">{visibleText(group.does)}</p>
      <p>
        <span className={`chip ${chipOf(group)}`}>
          {group.lag === null ? 'Not known' : `Lag ${visibleText(groupedDigits(group.lag), 40)}`}
        </span>{' '}
        <span className="muted">{group.members === null ? '' : counted(group.members, 'member')}</span>
      </p>
      <p>{visibleText(group.meaning)}</p>
      {group.problem !== null && <p className="muted">{visibleText(group.problem)}</p>}
      {group.topics.length > 0 && (
        <ListTable label={`Topics of ${visibleText(group.group)}`} titles={['Topic', { number: 'Newest offset' }, { number: 'Lag' }]}>
          <tbody>
            {group.topics.map(({ topic, newest, lag }) => (
              <tr key={topic}>
                <td className="id">{visibleText(topic)}</td>
                <td className="number">{visibleText(groupedDigits(newest), 40)}</td>
                <td className="number">{visibleText(groupedDigits(lag), 40)}</td>
              </tr>
            ))}
          </tbody>
        </ListTable>
      )}
    </>
  );
}

function chipOf({ lag, members }: Group): string {
  if (lag === null || members === 0) return 'unknown';
  return lag === '0' ? 'posted' : 'inFlight';
}

/** Programs that read a topic, as the tests run them. */
export function Consumers({ topic, language }: { readonly topic: string; readonly language: string }) {
  const shown = programs.find((program) => program.language === language) ?? programs[0];
  if (!shown) return null;
  const command = shown.command.replaceAll('TOPIC', visibleText(topic, 120));
  return (
    <section className="card" aria-labelledby="consumers-title">
      <div className="bar-of-tools">
        <h2 id="consumers-title">Read {visibleText(topic, 120)}</h2>
        <nav className="segments" aria-label="Languages">
          {programs.map((program) => (
            <Link key={program.language} href={hrefOf('/topics', { topic, language: program.language })} current={program === shown}>
              {program.title}
            </Link>
          ))}
        </nav>
      </div>
      <p className="kinds">
        {readable.map((name) => (
          <Link key={name} href={hrefOf('/topics', { topic: name, language })} current={name === topic}>
            {name}
          </Link>
        ))}
      </p>
      <p className="notice">
        {shown.about} The tests run this program against a real broker and registry, with random records of every schema (
        <code>{shown.file}</code>). What an amount is, what may change and how to de-duplicate: docs/data.
      </p>
      <pre className="program" tabIndex={0}>
        {command}
      </pre>
      <p className="notice">
        <CopyButton text={shown.program} />
      </p>
      <pre className="program" tabIndex={0}>
        {shown.program}
      </pre>
    </section>
  );
}
