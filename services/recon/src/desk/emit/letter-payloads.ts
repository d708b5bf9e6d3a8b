import { createHash } from 'node:crypto';
import { headers as names } from '@tributary/contracts';
import { clearMembers, isPayloadProblem, membersNamed, payloadPlace } from '@tributary/persistence';
import type { PayloadCipher, PayloadTable } from '@tributary/persistence';

/** Messages of dead letters. The id of the trace stays readable: it is nobody's data, and outlives the message. */
export const letterPayloads: PayloadTable = {
  table: 'recon.dead_letter',
  key: ['id'],
  columns: { value: 'bytea', original: 'bytea', message_key: 'text', headers: 'jsonb' },
  clear: { headers: membersNamed(names.traceparent) },
};
/** Messages that people edited. */
export const editPayloads: PayloadTable = { table: 'recon.dead_letter_order_item', key: ['id'], columns: { edited: 'bytea' } };
/** Messages before and after an edit. */
export const auditPayloads: PayloadTable = {
  table: 'recon.dead_letter_audit',
  key: ['letter_id', 'item_id'],
  columns: { before_value: 'bytea', after_value: 'bytea' },
};

/** The message of a dead letter as it is stored, encrypted or not. */
export interface StoredMessage {
  readonly message_key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>> | null;
  /** Original key and headers as JSON, when PostgreSQL could not store them unchanged. */
  readonly original: Buffer | null;
}

/** The message of a dead letter, with why it cannot be shown, as a sentence. */
export interface OpenedMessage extends StoredMessage {
  readonly problem: string | undefined;
}

/** Columns of a letter as they are stored. @param headers JSON. */
export function sealedMessage(
  cipher: PayloadCipher,
  id: string,
  {
    key,
    value,
    headers,
    original,
  }: { readonly key: string; readonly value: Buffer; readonly headers: string; readonly original: Buffer | null },
): { readonly key: string; readonly value: Buffer; readonly headers: string; readonly original: Buffer | null } {
  const at = (column: string): ReturnType<typeof payloadPlace> => payloadPlace(letterPayloads, column, [id]);
  return {
    key: cipher.sealText(at('message_key'), key),
    value: cipher.sealBytes(at('value'), value),
    headers: cipher.sealJson(at('headers'), headers, clearMembers(letterPayloads, 'headers', JSON.parse(headers))),
    original: original && cipher.sealBytes(at('original'), original),
  };
}

/** The message of a letter as it was. What cannot be decrypted is left out, and `problem` says why: a list or page never fails for it. */
export function openedMessage(cipher: PayloadCipher, id: string, stored: StoredMessage): OpenedMessage {
  const at = (column: string): ReturnType<typeof payloadPlace> => payloadPlace(letterPayloads, column, [id]);
  try {
    return {
      message_key: stored.message_key === null ? null : cipher.openText(at('message_key'), stored.message_key),
      value: stored.value && cipher.openBytes(at('value'), stored.value),
      headers: cipher.openJson(at('headers'), stored.headers) as StoredMessage['headers'],
      original: stored.original && cipher.openBytes(at('original'), stored.original),
      problem: undefined,
    };
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    return {
      message_key: null,
      value: null,
      headers: clearMembers(letterPayloads, 'headers', stored.headers) as Record<string, string>,
      original: null,
      problem: error.message,
    };
  }
}

/** An item of an order as it is stored, with its letter's message. */
export interface StoredContent {
  readonly id: string;
  readonly letter_id: string;
  readonly edited: Buffer | null;
  readonly value: Buffer | null;
}

/**
 * What an item dispatches, as SHA-256, over the message itself: encrypting it anew changes nothing that was approved. Of a message that cannot be
 * decrypted the hash is over what is stored.
 */
export function contentHash(cipher: PayloadCipher, { id, letter_id, edited, value }: StoredContent): string {
  const hash = createHash('sha256');
  try {
    if (edited) return hash.update(cipher.openBytes(payloadPlace(editPayloads, 'edited', [id]), edited)).digest('hex');
    return hash.update(value ? cipher.openBytes(payloadPlace(letterPayloads, 'value', [letter_id]), value) : '').digest('hex');
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    return hash.update(edited ?? value ?? '').digest('hex');
  }
}

/**
 * What an item dispatches, as it was. Of what cannot be decrypted nothing is left, and `problem` says why: recon's own letters are closed
 * without their message.
 */
export function openedItem(
  cipher: PayloadCipher,
  item: StoredContent & StoredMessage,
): { readonly message_key: string; readonly value: Buffer; readonly headers: Readonly<Record<string, string>> } & Pick<
  OpenedMessage,
  'original' | 'problem'
> & { readonly edited: Buffer | null } {
  const message = openedMessage(cipher, item.letter_id, item);
  const { message_key, value, headers, original } = message;
  const opened = { message_key: message_key ?? '', value: value ?? Buffer.alloc(0), headers: headers ?? {}, original };
  try {
    const edited = item.edited && cipher.openBytes(payloadPlace(editPayloads, 'edited', [item.id]), item.edited);
    return { ...opened, edited, problem: message.problem };
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    return { ...opened, edited: null, problem: error.message };
  }
}
