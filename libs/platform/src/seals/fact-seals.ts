import { timingSafeEqual } from 'node:crypto';
import { headers as names, sealedHeaders, sealersOf } from '@tributary/contracts';
import type { SealingService } from '@tributary/contracts';
import { hmacSha256 } from './hmac-sha256.js';
import { parseSealKeys } from './seal-keys.js';
import type { SealKey } from './seal-keys.js';

/** What a seal covers. */
export interface SealedParts {
  /** Record key as text; '' for none. */
  readonly key: string;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a message is refused. */
export interface SealRefusal {
  readonly code: 'fact.seal-missing' | 'fact.seal-wrong';
  /** A sentence without any key. */
  readonly text: string;
}

/** Headers of a replay that its seal covers: the order, the place of the message, and the answers of people. */
const orderHeaders = [
  names.order,
  names.orderAction,
  names.orderReason,
  names.orderReference,
  names.answers,
  names.originalTopic,
  names.originalPartition,
  names.originalOffset,
  names.consumerGroup,
  names.id,
  names.seal,
] as const;
const version = 'v1';
const sealPattern = /^v1:([a-z-]+(?:\.[A-Za-z0-9_-]{1,40})?):([A-Za-z0-9_-]{43})$/;
/** How long keys count as current before their file is looked at again, ms. */
const keysCurrentForMs = 1_000;

/** Settings of {@link FactSeals}. */
export interface FactSealsOptions {
  readonly service: SealingService;
  /** FACT_SEAL_KEYS as it is now; called about once a second. */
  readonly keys: () => string;
  /** Messages without a seal that the broker took before this time are accepted: they are from before the upgrade. Milliseconds. */
  readonly requiredFrom?: number | undefined;
  readonly warn: (text: string) => void;
  /** Milliseconds of a clock. */
  readonly now?: () => number;
}

/**
 * Seals messages and verifies seals, so that a client of Kafka without a key can neither make nor change one (docs/adr/0054).
 * @throws {Error} from the constructor, when the keys cannot be read or none is of this service.
 */
export class FactSeals {
  private text = '';
  private own: SealKey;
  private byId: ReadonlyMap<string, SealKey>;
  private readAgainAt: number;
  private readonly now: () => number;

  constructor(private readonly options: FactSealsOptions) {
    this.now = options.now ?? Date.now;
    this.text = options.keys();
    ({ own: this.own, byId: this.byId } = this.read(this.text));
    this.readAgainAt = this.now() + keysCurrentForMs;
  }

  /** The header `tributary_seal` of a message of this service. */
  seal(parts: SealedParts): string {
    this.refresh();
    return sealText(this.own, macOf(this.own, parts));
  }

  /** The header `tributary_order_seal` of a replay. */
  sealOrder(parts: SealedParts): string {
    this.refresh();
    return sealText(this.own, orderMacOf(this.own, parts));
  }

  /** Why a message of an event type is refused; undefined when its seal is right. @param timestamp of its record, ms. */
  problem(type: string, parts: SealedParts, timestamp: number): SealRefusal | undefined {
    const services = sealersOf(type);
    return this.problemOf(parts.headers[names.seal], services, timestamp, (key) => macOf(key, parts));
  }

  /** Why a record of a replay topic is refused: only recon orders replays. */
  orderProblem(parts: SealedParts, timestamp: number): SealRefusal | undefined {
    return this.problemOf(parts.headers[names.orderSeal], ['recon'], timestamp, (key) => orderMacOf(key, parts));
  }

  private problemOf(
    seal: string | undefined,
    services: readonly SealingService[],
    timestamp: number,
    expected: (key: SealKey) => string,
  ): SealRefusal | undefined {
    this.refresh();
    if (seal === undefined) {
      const { requiredFrom } = this.options;
      if (requiredFrom !== undefined && timestamp < requiredFrom) return undefined;
      return { code: 'fact.seal-missing', text: 'it has no seal: no service of this installation made it' };
    }
    const [, id, mac] = sealPattern.exec(seal) ?? [];
    const key = id === undefined ? undefined : this.byId.get(id);
    if (key === undefined || mac === undefined) return wrong('its seal is under no key of FACT_SEAL_KEYS');
    if (!services.includes(key.service)) return wrong(`its seal is of ${key.service}, which does not make such messages`);
    if (!timingSafeEqual(bytesOf(mac), bytesOf(expected(key)))) return wrong('its seal does not belong to what it says');
    return undefined;
  }

  /** Takes over keys that were changed. Keys that cannot be read leave the earlier ones in use. */
  private refresh(): void {
    const now = this.now();
    if (now < this.readAgainAt) return;
    this.readAgainAt = now + keysCurrentForMs;
    const text = this.options.keys();
    if (text === this.text) return;
    this.text = text;
    try {
      ({ own: this.own, byId: this.byId } = this.read(text));
    } catch (error) {
      this.options.warn(
        `FACT_SEAL_KEYS: ${error instanceof Error ? error.message : String(error)}; the keys that were read before stay in use`,
      );
    }
  }

  private read(text: string): { own: SealKey; byId: ReadonlyMap<string, SealKey> } {
    const keys = parseSealKeys(text);
    const own = keys.find(({ service }) => service === this.options.service);
    if (!own) throw new Error(`there is no key of ${this.options.service}, which seals what it writes`);
    return { own, byId: new Map(keys.map((key) => [key.id, key])) };
  }
}

function sealText({ id }: SealKey, mac: string): string {
  return `${version}:${id}:${mac}`;
}

function macOf(key: SealKey, parts: SealedParts): string {
  return hmac(key, 'fact', sealedHeaders, parts);
}

function orderMacOf(key: SealKey, parts: SealedParts): string {
  return hmac(key, 'order', orderHeaders, parts);
}

/** In base64url. */
function hmac({ id, key }: SealKey, what: string, covered: readonly string[], { key: recordKey, value, headers }: SealedParts): string {
  // A JSON array ends where its bracket closes, so no two lists of parts give the same bytes.
  const head: (string | boolean | null)[] = [what, id, recordKey, value === null];
  for (const name of covered) head.push(headers[name] ?? null);
  return hmacSha256(key).of(JSON.stringify(head), value, 'base64url');
}

const bytesOf = (mac: string): Buffer => Buffer.from(mac, 'base64url');

function wrong(text: string): SealRefusal {
  return { code: 'fact.seal-wrong', text };
}
