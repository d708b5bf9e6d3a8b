import { Inject, Injectable, Optional } from '@nestjs/common';
import type { LetterDetail, LetterMessage, LetterSchemaView, LetterView, PostingRequested } from '@tributary/contracts';
import { decodeAvro, events, headers, schemaOf } from '@tributary/contracts';
import type { RoutedFact } from '@tributary/mapping';
import { definitionOf } from '@tributary/messaging';
import { boundedJson } from '../../shared/decide/bounded-json.js';
import { isVisible } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { targetOfTopic } from '../decide/order-targets.js';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { checkEdit, editable } from '../decide/edit.js';
import { moneyChanges } from '../decide/money-changes.js';
import type { MoneyChange } from '../decide/money-changes.js';
import type { CheckedEdit, Original } from '../decide/edit.js';
import { schemaView } from '../decide/schema-fields.js';
import { dryPosting, keysNeeded, requestsOf, together } from '../decide/dry-run.js';
import type { DryRequests, DryRun } from '../decide/dry-run.js';
import { ASSET_TARGETS, ASSETS_DIR, readAssets } from './asset-reader.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';
import { EventTranslator } from './event-translator.js';
import { DeadLetterRepository } from './dead-letter.repository.js';
import type { StoredLetter } from './dead-letter.repository.js';
import { OrderRefusedError } from './order.errors.js';
import { PayloadReader } from './payload.reader.js';
import type { ReadPayload } from './payload.reader.js';

const bytesGone =
  'its bytes are not stored: they are deleted RECON_PAYLOAD_RETENTION_DAYS after a letter is closed, or were never recorded here';
const cutProblem = 'its value is shown cut, because it is nested too deep or too large to be edited here';

/** A checked edit, with what it changes about money. */
export type CheckedChange =
  Extract<CheckedEdit, { ok: false }> | (Extract<CheckedEdit, { ok: true }> & { readonly money: readonly MoneyChange[] });

/** Decodes dead letters, checks edited ones, and runs them dry. */
@Injectable()
export class DeadLetterInspector {
  constructor(
    private readonly letters: DeadLetterRepository,
    private readonly reader: PayloadReader,
    @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors,
    private readonly translator: EventTranslator,
    @Inject(ASSETS_DIR) private readonly assetsDir: string | undefined,
    @Optional() @Inject(ASSET_TARGETS) private readonly targets?: readonly string[],
  ) {}

  async detail(id: string): Promise<LetterDetail> {
    const { letter, payload, original } = await this.open(id);
    const bytes = letter.value ?? Buffer.alloc(0);
    const shown = original ? boundedJson(editable(original)) : { value: null, cut: false };
    return {
      ...letter.view,
      deadLetterTopic: letter.deadLetterTopic,
      key: letter.key,
      headers: letter.headers,
      traceId: /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(letter.headers[headers.traceparent] ?? '')?.[1] ?? null,
      schema: payload.writer ? { id: payload.writer.id, name: payload.writer.schema.name } : null,
      value: shown.value,
      problem: payload.problem ?? (shown.cut ? cutProblem : null),
      bytes: { length: bytes.byteLength, base64: bytes.toString('base64') },
      audit: letter.audit,
    };
  }

  /** What a letter holds, decoded, without its bytes, with what the fields of its schema mean. */
  async message(id: string): Promise<LetterMessage> {
    const { letter, payload, original } = await this.open(id);
    const shown = original ? boundedJson(editable(original)) : { value: null, cut: false };
    return {
      ...{ id, key: letter.key, headers: letter.headers, value: shown.value },
      schema: payload.writer ? await this.schema(payload.writer, letter.view) : null,
      problem: payload.problem ?? (shown.cut ? cutProblem : null),
      length: letter.value?.byteLength ?? 0,
    };
  }

  private async schema(writer: NonNullable<ReadPayload['writer']>, { eventType, topic }: LetterView): Promise<LetterSchemaView> {
    const record = definitionOf(eventType ?? '')?.record;
    const version = await this.reader.versionOf(writer, topic);
    return schemaView({ ...writer, version }, record === undefined ? undefined : schemaOf(record));
  }

  /** @throws {OrderRefusedError} for a letter of a target that somebody may not see, as if there were none. */
  async checkVisible(id: string, visible: VisibleTargets): Promise<void> {
    const letter = await this.letters.find(id);
    if (!letter || !isVisible(visible, targetOfTopic(letter.view.topic))) throw unknownLetter(id);
  }

  /** Checks an edited letter, and tells which of its changes are about money. @throws {OrderRefusedError} when it cannot be edited. */
  async checkEdit(id: string, json: unknown): Promise<CheckedChange> {
    const { original, payload } = await this.open(id);
    if (!original)
      throw new OrderRefusedError(
        409,
        'dead-letter.unreadable',
        `Dead letter ${id} cannot be edited: ${payload.problem ?? 'its bytes cannot be read'}.`,
      );
    if (boundedJson(editable(original)).cut)
      throw new OrderRefusedError(409, 'dead-letter.unreadable', `Dead letter ${id} cannot be edited: ${cutProblem}.`);
    const checked = checkEdit(original, json);
    if (!checked.ok) return checked;
    return { ...checked, money: moneyChanges(original.schema, original.value, checked.value, (name) => erpDocumentShapes[name]) };
  }

  /** A letter with its decoded value; `value` is undefined where its bytes cannot be read. */
  async decoded(
    id: string,
  ): Promise<Pick<LetterDetail, 'topic' | 'group' | 'eventType' | 'headers' | 'state'> & { readonly value: unknown }> {
    const { letter, original } = await this.open(id);
    const { topic, group, eventType, state } = letter.view;
    return { topic, group, eventType, state, headers: letter.headers, value: original?.value };
  }

  /** Encodes an edited letter, and tells what the edit changes. @throws {OrderRefusedError} naming the fields that do not fit. */
  async edit(id: string, json: unknown): Promise<{ bytes: Buffer; paths: string[]; money: readonly MoneyChange[] }> {
    const checked = await this.checkEdit(id, json);
    if (!checked.ok) {
      const said = checked.problems.map(({ path, expected, found }) => `${path || 'the value'}: expected ${expected}, found ${found}`);
      throw new OrderRefusedError(400, 'edit.invalid', said.join('; '));
    }
    const { payload } = await this.open(id);
    const paths = checked.differences.map(({ path }) => path);
    return { bytes: this.reader.write(payload.writer, checked.value), paths, money: checked.money };
  }

  /** Shows what processing the letter now would do. @param edited JSON to use instead of the original value. */
  async dryRun(id: string, edited?: unknown): Promise<DryRun> {
    const { letter, payload, original } = await this.open(id);
    if (!original)
      throw new OrderRefusedError(
        409,
        'dry-run.impossible',
        `Dead letter ${id} cannot be tried: ${payload.problem ?? 'its bytes cannot be read'}.`,
      );
    const bytes = (edited === undefined ? letter.value : (await this.edit(id, edited)).bytes) ?? Buffer.alloc(0);
    const { requests, ignoredReason, problem, facts } = await this.made(letter, original.eventType, payload, bytes);
    const references = await this.letters.references(keysNeeded(requests));
    return {
      facts,
      mappingVersion: requests[0]?.mappingVersion ?? null,
      postings: requests.map((request) => dryPosting(request, { connector: this.connectors.get(request.target), references })),
      ignoredReason,
      problem,
    };
  }

  private async made(
    { view }: StoredLetter,
    eventType: string,
    payload: ReadPayload,
    bytes: Buffer,
  ): Promise<DryRequests & { facts: DryRun['facts'] }> {
    if (eventType === events.stripeEventReceived.type) {
      const { facts, ignoredReason, problem } = await this.translator.translate(bytes);
      const routed = together(facts.length > 0 ? this.routed(facts) : [{ requests: [], ignoredReason, problem }]);
      return { ...routed, facts: facts.map((fact) => fact.eventType) };
    }
    const value = this.asReadNow(eventType, payload, bytes);
    if (eventType === events.postingRequested.type) return { ...asIs(value as PostingRequested), facts: null };
    const fact = { eventId: view.messageId, eventType, value, sourceEventId: view.eventId, sequence: view.sequence };
    return { ...together(this.routed([fact])), facts: null };
  }

  private routed(facts: readonly RoutedFact[]): DryRequests[] {
    const assets = readAssets(this.assetsDir, this.targets);
    if (!assets.ok) throw new OrderRefusedError(409, 'dry-run.no-assets', `There is no mapping to try it with: ${assets.text}.`);
    return facts.map((fact) => requestsOf(assets.bundle, fact, Date.now()));
  }

  /** Decodes a letter as its consumer group would: written with its own schema, read with the current one. */
  private asReadNow(eventType: string, { writer }: ReadPayload, bytes: Buffer): unknown {
    const record = definitionOf(eventType)?.record;
    if (!writer || record === undefined) return JSON.parse(bytes.toString('utf8')) as unknown;
    return decodeAvro(record, bytes.subarray(this.reader.prefixBytes), JSON.stringify(writer.schema));
  }

  private async open(id: string): Promise<{ letter: StoredLetter; payload: ReadPayload; original: Original | undefined }> {
    const letter = await this.letters.find(id);
    if (!letter) throw unknownLetter(id);
    const { eventType } = letter.view;
    const payload =
      letter.value === null ? { ...withoutBytes, problem: letter.problem ?? bytesGone } : await this.reader.read(eventType, letter.value);
    const readable = payload.problem === undefined && eventType !== null;
    return { letter, payload, original: readable ? { eventType, schema: payload.writer?.schema, value: payload.value } : undefined };
  }
}

const withoutBytes: Omit<ReadPayload, 'problem'> = { writer: undefined, value: undefined };

function unknownLetter(id: string): OrderRefusedError {
  return new OrderRefusedError(404, 'dead-letter.unknown', `There is no dead letter ${id}.`);
}

function asIs(request: PostingRequested): DryRequests {
  return { requests: [request], ignoredReason: null, problem: null };
}
