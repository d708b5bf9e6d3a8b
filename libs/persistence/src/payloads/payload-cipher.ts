import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { envelopeBytes, encryptedMember, envelopeInBytes, envelopeInText, envelopeText } from './payload-envelope.js';
import type { Envelope } from './payload-envelope.js';
import { parsePayloadKeys } from './payload-keys.js';
import type { PayloadKey } from './payload-keys.js';
import { PayloadKeyMissingError, PayloadUnreadableError } from './payload.errors.js';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
/** How long keys count as current before their file is looked at again, ms. */
const keysCurrentForMs = 1_000;

/** Where a payload is stored. It is bound to that place: in another row or column it cannot be decrypted. */
export interface PayloadPlace {
  /** `schema.table.column`. */
  readonly column: string;
  /** Key of the row, as text. */
  readonly row: readonly string[];
}

/** Settings of {@link PayloadCipher}. */
export interface PayloadCipherOptions {
  /** PAYLOAD_KEYS as it is now; undefined: nothing is encrypted. */
  readonly keys?: (() => string) | undefined;
  /** Called with one sentence, without a key, when keys that were changed cannot be read. */
  readonly warn?: (text: string) => void;
  /** Milliseconds of a clock. */
  readonly now?: () => number;
}

/**
 * Encrypts payloads before they are stored, with AES-256-GCM under the newest key, and decrypts them (docs/adr/0052). Payloads that were stored
 * before there were keys are returned as they are. Keys are read again while the process runs.
 * @throws {Error} from the constructor, when the keys cannot be read.
 */
export class PayloadCipher {
  private text = '';
  private current: PayloadKey | undefined;
  private byId: ReadonlyMap<string, PayloadKey> = new Map();
  private readAgainAt: number;
  private readonly now: () => number;

  constructor(private readonly options: PayloadCipherOptions = {}) {
    this.now = options.now ?? Date.now;
    this.readAgainAt = this.now() + keysCurrentForMs;
    if (options.keys) this.take(options.keys());
  }

  /** Id of the key that encrypts now; undefined without keys. */
  get keyId(): string | undefined {
    this.refresh();
    return this.current?.id;
  }

  /** Ids of all keys, the newest first. */
  get keyIds(): readonly string[] {
    this.refresh();
    return [...this.byId.keys()];
  }

  /** Bytes as they are stored. */
  sealBytes(place: PayloadPlace, bytes: Buffer): Buffer {
    const envelope = this.seal(place, bytes);
    return envelope ? envelopeBytes(envelope) : bytes;
  }

  /** Stored bytes as they were. @throws {PayloadKeyMissingError | PayloadUnreadableError} */
  openBytes(place: PayloadPlace, stored: Buffer): Buffer {
    const envelope = envelopeInBytes(stored);
    return envelope ? this.open(place, envelope) : stored;
  }

  /** Text as it is stored. */
  sealText(place: PayloadPlace, text: string): string {
    const envelope = this.seal(place, Buffer.from(text));
    return envelope ? envelopeText(envelope) : text;
  }

  /** Stored text as it was. @throws {PayloadKeyMissingError | PayloadUnreadableError} */
  openText(place: PayloadPlace, stored: string): string {
    const envelope = envelopeInText(stored);
    return envelope ? this.open(place, envelope).toString('utf8') : stored;
  }

  /**
   * A JSON text as it is stored. Without keys it is stored as it is.
   * @param clear members that stay readable beside it, of a JSON object.
   */
  sealJson(place: PayloadPlace, json: string, clear: Readonly<Record<string, unknown>> = {}): string {
    const envelope = this.seal(place, Buffer.from(json));
    return envelope ? JSON.stringify({ ...clear, [encryptedMember]: envelopeText(envelope) }) : json;
  }

  /** A stored JSON value, as the driver parsed it, as it was. @throws {PayloadKeyMissingError | PayloadUnreadableError} */
  openJson(place: PayloadPlace, stored: unknown): unknown {
    const json = this.openJsonText(place, stored);
    return json === undefined ? stored : (JSON.parse(json) as unknown);
  }

  /** The JSON text of a stored value, as it was encrypted; undefined when it is not. @throws as {@link openJson}. */
  openJsonText(place: PayloadPlace, stored: unknown): string | undefined {
    const text = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>)[encryptedMember] : undefined;
    const envelope = typeof text === 'string' ? envelopeInText(text) : undefined;
    return envelope && this.open(place, envelope).toString('utf8');
  }

  private seal(place: PayloadPlace, bytes: Buffer): Envelope | undefined {
    this.refresh();
    const { current } = this;
    if (!current) return undefined;
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, current.key, nonce, { authTagLength: tagBytes }).setAAD(boundTo(place, current.id));
    const encrypted = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return { keyId: current.id, nonce, tag: cipher.getAuthTag(), encrypted };
  }

  private open(place: PayloadPlace, { keyId, nonce, tag, encrypted }: Envelope): Buffer {
    this.refresh();
    if (!this.byId.has(keyId)) this.readKeys(); // another process may use a newer key already
    const key = this.byId.get(keyId);
    if (!key)
      throw new PayloadKeyMissingError(
        `${doing(place)}: it is encrypted with the key "${keyId}", which PAYLOAD_KEYS does not have; give that key back beside the others`,
        { keyId, column: place.column },
      );
    try {
      const decipher = createDecipheriv(algorithm, key.key, nonce, { authTagLength: tagBytes })
        .setAAD(boundTo(place, keyId))
        .setAuthTag(tag);
      return Buffer.concat([decipher.update(encrypted), decipher.final()]);
    } catch {
      // Not the cause: it says no more than that the tag is wrong.
      throw new PayloadUnreadableError(
        `${doing(place)}: the key "${keyId}" of PAYLOAD_KEYS does not decrypt it; that key is another one than it was encrypted with, or the payload was changed or taken from another row`,
        { keyId, column: place.column },
      );
    }
  }

  private refresh(): void {
    if (this.now() >= this.readAgainAt) this.readKeys();
  }

  /** Takes over keys that were changed. Keys that cannot be read leave the earlier ones in use. */
  private readKeys(): void {
    const { keys, warn } = this.options;
    this.readAgainAt = this.now() + keysCurrentForMs;
    const text = keys?.();
    if (text === undefined || text === this.text) return;
    try {
      this.take(text);
    } catch (error) {
      this.text = text;
      warn?.(`PAYLOAD_KEYS: ${error instanceof Error ? error.message : String(error)}; the keys that were read before stay in use`);
    }
  }

  private take(text: string): void {
    const keys = parsePayloadKeys(text);
    this.text = text;
    this.current = keys[0];
    this.byId = new Map(keys.map((key) => [key.id, key]));
  }
}

function doing({ column, row }: PayloadPlace): string {
  return `reading ${column} of row ${row.join('/')}`;
}

/** Additional authenticated data. A JSON array ends where its bracket closes, so no two places give the same bytes. */
function boundTo({ column, row }: PayloadPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([keyId, column, ...row]));
}
