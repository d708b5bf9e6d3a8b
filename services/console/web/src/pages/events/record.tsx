import { Problem } from '../../components/problem.js';
import { longTextLimit, visibleText } from '../../format/text.js';
import { useMessageRecord } from './api.js';
import type { Field, MessageRecord } from './read-message.js';

const bodyLimit = 400_000;

/** The record of a message as it stands in its topic. */
export function RecordOf({ id }: { readonly id: string }) {
  const { data: record, problem } = useMessageRecord(id);
  return (
    <section className="card" aria-labelledby="record-title">
      <h2 id="record-title">As it stands in the topic</h2>
      <Problem text={problem} />
      {record === undefined && problem === undefined && <p className="notice muted">Reading the record from Kafka.</p>}
      {record !== undefined && <RecordView record={record} />}
    </section>
  );
}

/** Place, headers, schema and decoded fields of a record. */
export function RecordView({ record }: { readonly record: MessageRecord }) {
  return (
    <>
      {record.problem !== null && (
        <p className={`notice ${record.source === 'none' ? 'bad' : 'muted'}`}>{visibleText(record.problem.text, longTextLimit)}</p>
      )}
      {record.source === 'translation' && (
        <p className="notice">This is what transform makes of the stored webhook now; the fact that was published has the same id.</p>
      )}
      {record.masked && record.source !== 'none' && (
        <p className="notice">Texts about people are masked. Reading them takes the permission payloads.read, and is in the audit trail.</p>
      )}
      {record.source === 'topic' && <Pairs title="Place" pairs={record.facts} />}
      {record.headers.length > 0 && (
        <details>
          <summary>Headers ({record.headers.length})</summary>
          <Pairs title="Headers" pairs={record.headers} />
        </details>
      )}
      {record.schema !== null && <Schema schema={record.schema} />}
      {record.fields.length > 0 && <Fields fields={record.fields} />}
      {record.cut && <p className="notice muted">It is longer than what is shown here.</p>}
      {record.body !== null && (
        <>
          <h3>Body, as Stripe sent it</h3>
          <pre className="program" tabIndex={0}>
            {shownLines(record.body)}
          </pre>
        </>
      )}
    </>
  );
}

function Pairs({ title, pairs }: { readonly title: string; readonly pairs: MessageRecord['facts'] }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={title}>
      <table className="pairs">
        <tbody>
          {pairs.map(({ name, value }, index) => (
            <tr key={index}>
              <th scope="row">{visibleText(name, 80)}</th>
              <td>
                <code>{visibleText(value, 400)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Schema({ schema }: { readonly schema: NonNullable<MessageRecord['schema']> }) {
  return (
    <p className="notice">
      Written as <code>{visibleText(schema.record)}</code>
      {schema.id === null ? '' : `, schema ${visibleText(schema.id, 20)}`}
      {schema.place === null ? '' : `: ${visibleText(schema.place)}`}.{' '}
      {schema.rule === null
        ? ''
        : `The registry keeps its versions ${visibleText(schema.rule, 40)}: fields are added with a default, and never renamed or removed. `}
      {schema.current ? 'This is the version that Tributary writes now.' : 'Tributary writes a newer or older version now.'}
    </p>
  );
}

/** Fields with what the schema says of them. */
function Fields({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Fields">
      <table className="fields">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field, index) => (
            <tr key={index}>
              <th scope="row">
                <code>{visibleText(field.path, 160)}</code>
                <span className="muted">{visibleText(field.type, 80)}</span>
              </th>
              <td>
                {field.masked ? (
                  <span className="muted">masked</span>
                ) : field.value === null ? (
                  <span className="muted">–</span>
                ) : (
                  <code>{visibleText(field.value, 2_000)}</code>
                )}
                {field.meaning !== null && <span className="muted">{visibleText(field.meaning)}</span>}
              </td>
              <td>{field.doc !== null && visibleText(field.doc, 1_000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A text of several lines, each of them visible. */
export function shownLines(text: string): string {
  return text
    .slice(0, bodyLimit)
    .split('\n')
    .map((line) => visibleText(line, longTextLimit))
    .join('\n');
}
