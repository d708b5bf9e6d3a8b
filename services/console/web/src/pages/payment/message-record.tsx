import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyId } from '../../components/copy-id.js';
import { Instant } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { TableHead } from '../../components/table-head.js';
import { longTextLimit, visibleText } from '../../format/text.js';
import { messageOf } from '../../shell/http.js';
import { onceOf } from '../../shell/query.js';
import { JsonBlock } from './json-block.js';
import { recordJson } from './record-json.js';
import { readMessageRecord } from './read-message-record.js';
import type { MessageRecord as Read, RecordField } from './read-message-record.js';

/** Most fields that are drawn. */
const fieldsShown = 400;

/** What asks for a record, once: live figures do not ask again, because each reading of a payload is in the audit trail. */
export const recordQuery = (id: string) => ({ ...onceOf('/api/messages/{id}/record', { id }), select: readMessageRecord });

/** The record of a message as it stands in its topic: decoded with its schema, or the webhook as it came. */
export function MessageRecord({ id }: { readonly id: string }) {
  const { data, error } = useQuery(recordQuery(id));
  if (error) return <Problem text={messageOf(error)} />;
  if (!data) return <p className="muted">Reading the record.</p>;
  return <RecordView record={data} />;
}

/** A record that was read. */
export function RecordView({ record }: { readonly record: Read }) {
  const { source, topic, partition, offset, writtenAt, schema, problem, masked, fields, body, cut } = record;
  const json = recordJson(record);
  return (
    <div className="record">
      {problem !== null && <p className="notice">{visibleText(problem, longTextLimit)}</p>}
      {source === 'translation' && (
        <p className="muted">Translated again from the stored event just now: the record itself is not kept any more.</p>
      )}
      {partition !== null && (
        <p className="muted">
          {visibleText(topic, 120)} {partition}/{visibleText(offset ?? '', 30)}
          {writtenAt !== null && (
            <>
              , written <Instant at={writtenAt} />
            </>
          )}
          {schema !== null && <>, schema {visibleText(schema, 120)}</>}
        </p>
      )}
      {masked && <p className="muted">Texts about people are masked: reading them needs the permission to read payloads.</p>}
      {json !== null && body !== null && <JsonBlock label="The event as it is stored" text={json} />}
      <Fields fields={fields} />
      {json !== null && body === null && <AsJson text={json} />}
      {cut && <p className="muted">It is longer than what is shown here.</p>}
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

function Fields({ fields }: { readonly fields: readonly RecordField[] }) {
  if (fields.length === 0) return null;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Fields of the record">
      <table className="fields">
        <TableHead titles={['Field', 'Value']} />
        <tbody>
          {fields.slice(0, fieldsShown).map(({ path, value, masked, meaning, doc }, index) => (
            <tr key={index}>
              <th scope="row" title={doc === null ? undefined : visibleText(doc, 400)}>
                <code>{visibleText(path, 120)}</code>
              </th>
              <td>
                {masked ? (
                  <span className="muted">masked</span>
                ) : value === null ? (
                  <span className="muted">none</span>
                ) : (
                  <CopyId id={value} />
                )}
                {meaning !== null && <span className="muted"> {visibleText(meaning, 80)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
