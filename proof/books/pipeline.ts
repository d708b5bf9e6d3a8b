import type { PostingRequested } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { route } from '@tributary/mapping';
import type { AssetBundle, RoutedFact } from '@tributary/mapping';
import { builtExports } from '../built.js';

/** A Stripe account as transform reads it: the object or list of that kind and id; undefined when there is none. */
export interface ReadAccount {
  find(kind: string, id: string): Readonly<Record<string, unknown>> | undefined;
}

/** How transform knows what we wrote to Stripe ourselves. */
export interface OwnWrites {
  readonly metadataKeys: ReadonlySet<string>;
  readonly plantedPrefix?: string;
  readonly idempotencyPrefix: string;
}

interface TranslateSettings {
  readonly own: OwnWrites;
  readonly settlement: { readonly currencies: ReadonlySet<string>; readonly waitMs: number };
}

/** The pure steps of transform, as it runs them. */
interface TransformSteps {
  parseBody(body: Uint8Array): unknown;
  toPinnedShape(body: unknown): unknown;
  stripeEvent(body: unknown): { readonly id: string };
  enrichmentNeeded(event: unknown, settings?: TranslateSettings): readonly { readonly kind: string; readonly id: string }[];
  translate(
    event: unknown,
    enrichment: object,
    settings?: TranslateSettings,
  ): {
    readonly facts: readonly {
      readonly eventId: string;
      readonly event: { readonly type: string };
      readonly value: unknown;
      readonly sequence: string;
    }[];
  };
  StripeObject: { of(value: unknown, path: string): unknown };
}

/** What a fact became that no posting was asked for: the code of its dead letter or question. */
export interface HeldFact {
  readonly eventType: string;
  readonly code: string;
  readonly text: string;
}

/** What the events of a cell ask for. */
export interface Requested {
  readonly requests: readonly PostingRequested[];
  readonly held: readonly HeldFact[];
}

/** Translate and route, in process: events -> facts -> posting requests, with the code and the assets of transform. */
export class Pipeline {
  private constructor(private readonly steps: TransformSteps) {}

  /** Loads the compiled steps of transform. */
  static async load(): Promise<Pipeline> {
    const files = [
      'stripe-model/stripe-event.js',
      'stripe-model/stripe-object.js',
      'translate/translate.js',
      'stripe-model/version-adapters/to-pinned-shape.js',
    ];
    return new Pipeline(await builtExports<TransformSteps>('transform/dist/decide', files));
  }

  /** @param now ms: when the requests are made. @param answers of people to questions, by code. @param keeps currencies that settle in themselves; all without it. */
  requests(
    bodies: readonly Uint8Array[],
    account: ReadAccount,
    assets: AssetBundle,
    now: number,
    answers: Readonly<Record<string, string>> = {},
    keeps?: ReadonlySet<string>,
  ): Requested {
    const requests: PostingRequested[] = [];
    const held: HeldFact[] = [];
    for (const fact of bodies.flatMap((body) => this.facts(body, account, keeps))) {
      try {
        for (const { request } of route(assets, { ...fact, answers: new Map(Object.entries(answers)) }, now).postings)
          requests.push(request);
      } catch (error) {
        held.push({ eventType: fact.eventType, code: errorCodeOf(error), text: String((error as Error).message) });
      }
    }
    return { requests, held };
  }

  /** What an event becomes where an installation writes to Stripe itself: the types of its facts, and the objects that Stripe is asked for. */
  ofEvent(body: Uint8Array, own: OwnWrites): { readonly facts: readonly string[]; readonly reads: readonly string[] } {
    const { steps } = this;
    const settings = { own, settlement: { currencies: new Set<string>(), waitMs: 0 } };
    const event = steps.stripeEvent(steps.toPinnedShape(steps.parseBody(body)));
    const reads = steps.enrichmentNeeded(event, settings).map(({ kind, id }) => `${kind} ${id}`);
    return { facts: steps.translate(event, {}, settings).facts.map(({ event: { type } }) => type), reads };
  }

  private facts(body: Uint8Array, account: ReadAccount, keeps: ReadonlySet<string> | undefined): RoutedFact[] {
    const { steps } = this;
    const settings = keeps && {
      own: { metadataKeys: new Set<string>(), idempotencyPrefix: '' },
      settlement: { currencies: keeps, waitMs: 0 },
    };
    const event = steps.stripeEvent(steps.toPinnedShape(steps.parseBody(body)));
    const enrichment: Record<string, unknown> = {};
    for (const { kind, id } of steps.enrichmentNeeded(event, settings)) {
      const found = account.find(kind, id);
      if (found) enrichment[kind] = steps.StripeObject.of(found, kind);
    }
    return steps.translate(event, enrichment, settings).facts.map(({ eventId, event: { type }, value, sequence }) => ({
      eventId,
      eventType: type,
      value,
      sequence,
      sourceEventId: event.id,
    }));
  }
}
