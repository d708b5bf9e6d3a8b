/** Begins every encrypted payload; the version is that of what follows: AES-256-GCM, nonce, tag, ciphertext. */
const begin = 'tributary:enc:v1:';
/** Longest text before the encrypted bytes: {@link begin}, the id of the key, and the colon behind it. */
const longestHead = 64;
const headPattern = /^tributary:enc:v1:([A-Za-z0-9._-]{1,40}):/;
const nonceBytes = 12;
const tagBytes = 16;

/** An encrypted payload, apart. */
export interface Envelope {
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly encrypted: Buffer;
}

/** An envelope as bytes, for a column of bytes. */
export function envelopeBytes({ keyId, nonce, tag, encrypted }: Envelope): Buffer {
  return Buffer.concat([Buffer.from(`${begin}${keyId}:`), nonce, tag, encrypted]);
}

/** The same as text, for a column of text, or within JSON. */
export function envelopeText({ keyId, nonce, tag, encrypted }: Envelope): string {
  return `${begin}${keyId}:${Buffer.concat([nonce, tag, encrypted]).toString('base64')}`;
}

/** @returns undefined for bytes that are not encrypted. */
export function envelopeInBytes(stored: Buffer): Envelope | undefined {
  const head = headPattern.exec(stored.subarray(0, longestHead).toString('latin1'));
  return head ? partsOf(head[1] ?? '', stored.subarray(head[0].length)) : undefined;
}

/** @returns undefined for text that is not encrypted. */
export function envelopeInText(stored: string): Envelope | undefined {
  const head = headPattern.exec(stored);
  return head ? partsOf(head[1] ?? '', Buffer.from(stored.slice(head[0].length), 'base64')) : undefined;
}

/** What is left of an envelope that was cut is too short for a tag, and decrypts to nothing. */
function partsOf(keyId: string, rest: Buffer): Envelope {
  return {
    keyId,
    nonce: rest.subarray(0, nonceBytes),
    tag: rest.subarray(nonceBytes, nonceBytes + tagBytes),
    encrypted: rest.subarray(nonceBytes + tagBytes),
  };
}

/** Member of a JSON object that holds the encrypted payload. */
export const encryptedMember = '$encrypted';

/** How a payload is stored, by the type of its column. */
export type PayloadType = 'bytea' | 'text' | 'jsonb';

/** SQL: id of the key that a payload is encrypted with; null when it is not, or when there is none. @param column SQL of the column. */
export function keyIdSql(column: string, type: PayloadType): string {
  const text = {
    bytea: `encode(substring(${column} from 1 for ${longestHead}), 'escape')`,
    text: column,
    jsonb: `${column} ->> '${encryptedMember}'`,
  }[type];
  return `substring(${text} from '^tributary:enc:v1:([A-Za-z0-9._-]{1,40}):')`;
}
