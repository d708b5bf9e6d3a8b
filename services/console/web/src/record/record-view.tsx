import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { JsonBlock } from '../code/json-block.js';
import { CopyId } from '../components/copy-id.js';
import { ListTable } from '../components/list-table.js';
import { Problem } from '../components/problem.js';
import { counted, longTextLimit, visibleText } from '../format/text.js';
import { messageOf } from '../shell/http.js';
import { recordJson } from './record-json.js';
import { recordQuery } from './record-query.js';
import type { MessageRecord, RecordField } from './read-record.js';

/** Most fields that are drawn. */
const fieldsShown = 400;

/** The record of a message as it stands in its topic: decoded with its schema, or the webhook as it came. It is read once. */
export function RecordOf({ id }: { readonly id: string }) {
  const { data, error } = useQuery(recordQuery(id));
  if (error) return <Problem text={messageOf(error)} />;
  if (!data) return <p className="notice muted">Reading the record.</p>;
  return <RecordView record={data} />;
}

/** Place, headers, schema, decoded fields and body of a record. */
export function RecordView({ record }: { readonly record: MessageRecord }) {
  const { source, problem, masked, facts, headers, schema, fields, cut, body } = record;
  const json = recordJson(record);
  return (
    <div className="record">
      {problem !== null && <p className={`notice ${source === 'none' ? 'bad' : 'muted'}`}>{visibleText(problem.text, longTextLimit)}</p>}
      {source === 'translation' && (
        <p className="notice">This is what transform makes of the stored webhook now; the fact that was published has the same id.</p>
      )}
      {masked && source !== 'none' && (
        <p className="notice">Texts about people are masked. Reading them takes the permission payloads.read, and is in the audit trail.</p>
      )}
      {json !== null && body !== null && <JsonBlock label="The event as it is stored" text={json} />}
      {schema !== null && <Schema schema={schema} />}
      {fields.length > 0 && <Fields fields={fields} />}
      {json !== null && body === null && <AsJson text={json} />}
      {cut && <p className="notice muted">It is longer than what is shown here.</p>}
      {source === 'topic' && <Pairs title="Place" pairs={facts} />}
      {headers.length > 0 && (
        <details>
          <summary>Headers ({headers.length})</summary>
          <Pairs title="Headers" pairs={headers} />
        </details>
      )}
    </div>
  );
}

/** The decoded message as one JSON text, when somebody wants it so. */
function AsJson({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>As JSON</summary>
      {open && <JsonBlock label="The message as JSON" text={text} />}
    </details>
  );
}

function Pairs({ title, pairs }: { readonly title: string; readonly pairs: MessageRecord['facts'] }) {
  return (
    <table className="pairs">
      <caption className="hidden">{title}</caption>
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
function Fields({ fields }: { readonly fields: readonly RecordField[] }) {
  return (
    <>
      <ListTable label="Fields of the record" titles={['Field', 'Value', 'What it is']} className="fields">
        <tbody>
          {fields.slice(0, fieldsShown).map((field, index) => (
            <tr key={index}>
              <th scope="row">
                <code>{visibleText(field.path, 160)}</code>
                <span className="muted">{visibleText(field.type, 80)}</span>
              </th>
              <td>
                <Value field={field} />
                {field.meaning !== null && <span className="muted">{visibleText(field.meaning)}</span>}
              </td>
              <td>{field.doc === null ? '' : visibleText(field.doc, 1_000)}</td>
            </tr>
          ))}
        </tbody>
      </ListTable>
      {fields.length > fieldsShown && <p className="muted">And {counted(fields.length - fieldsShown, 'more field')}.</p>}
    </>
  );
}

function Value({ field: { masked, value } }: { readonly field: RecordField }) {
  if (masked) return <span className="muted">masked</span>;
  if (value === null) return <span className="muted">none</span>;
  return (
    <CopyId id={value}>
      <code>{visibleText(value, 2_000)}</code>
    </CopyId>
  );
}
