/** What a message is: a webhook as it arrived, a canonical fact, a posting request, or the outcome of one. */
export type MessageKind = 'raw' | 'canonical' | 'request' | 'outcome';

/** A message of the same chain. */
export interface MessageLink {
  readonly id: string;
  readonly kind: MessageKind;
  /** Event type: of Stripe for a raw event, of the catalogue for everything else. */
  readonly type: string | null;
  readonly at: string | null;
  /** Posting key, of requests and outcomes. */
  readonly postingKey: string | null;
  /** Result, of outcomes; why it was ignored, of facts. */
  readonly result: string | null;
}

/** `GET /messages/:id`: one message, and the chain it belongs to. */
export interface MessageView extends MessageLink {
  readonly topic: string;
  /** Target whose message it is; null where it belongs to none. */
  readonly target: string | null;
  /** The Stripe event that the chain begins with. */
  readonly eventId: string;
  /** The charge that the event is about. */
  readonly chargeId: string | null;
  /** Deliveries of a raw event, oldest first; all but the first are duplicates. */
  readonly deliveries: readonly {
    readonly partition: number;
    readonly offset: string;
    readonly endpoint: string | null;
    readonly receivedAt: string;
  }[];
  readonly chain: {
    readonly raw: MessageLink | null;
    readonly canonical: readonly MessageLink[];
    readonly requests: readonly MessageLink[];
    readonly outcomes: readonly MessageLink[];
  };
}

/** One field of a decoded message, in the order of its schema. */
export interface MessageFieldView {
  /** `amount.minor`, `lines[0].quantity`, `metadata.order`. */
  readonly path: string;
  /** `string`, `long`, `string or null`, a name of a record. */
  readonly type: string;
  /** What the number means: minor units, milliseconds since 1970. */
  readonly meaning: string | null;
  readonly doc: string | null;
  /** As text; null where there is none, and where it is masked. */
  readonly value: string | null;
  /** True: it has a value that whoever asks may not read. */
  readonly masked: boolean;
}

/** The schema that a message was written with. */
export interface MessageSchemaView {
  /** Id in the registry; null for what was translated just now. */
  readonly id: number | null;
  readonly record: string;
  /** Subject and version in the registry; null where it did not say. */
  readonly subject: string | null;
  readonly version: number | null;
  /** Compatibility that the registry enforces for the subject. */
  readonly compatibility: string | null;
  /** Whether it is the schema that recon itself was built with. */
  readonly current: boolean;
}

/** `GET /messages/:id/record`: the record of the topic, decoded with the schema it was written with. */
export interface MessageRecordView {
  /** Where it comes from: its topic, a translation of the raw event made now, or nowhere. */
  readonly source: 'topic' | 'translation' | 'none';
  /** Why it is not shown as it stands in the topic. */
  readonly problem: { readonly code: string; readonly text: string } | null;
  readonly topic: string;
  readonly partition: number | null;
  readonly offset: string | null;
  readonly key: string | null;
  readonly writtenAt: string | null;
  readonly bytes: number | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly schema: MessageSchemaView | null;
  readonly fields: readonly MessageFieldView[];
  /** More fields than are shown. */
  readonly cut: boolean;
  /** The body of a raw event as it is stored; null for whoever may not read payloads. */
  readonly body: string | null;
  /** True: texts are masked, because whoever asks may not read payloads. */
  readonly masked: boolean;
}

/** `GET /messages/:id/fixture`: a raw event that tests can use. */
export interface MessageFixtureView {
  readonly eventId: string;
  readonly fileName: string;
  /** JSON text of the event. */
  readonly body: string;
  /** Fields whose value is a stand-in. */
  readonly replaced: readonly string[];
}

/** `GET /consumer-groups`: how far each group is behind its topics. */
export interface ConsumerGroupView {
  readonly group: string;
  /** What its members do, in words. */
  readonly does: string;
  /** Messages that it has not finished with; null where it could not be asked. */
  readonly lag: string | null;
  readonly members: number | null;
  /** What the lag means now, in words. */
  readonly meaning: string;
  readonly topics: readonly { readonly topic: string; readonly newest: string; readonly lag: string }[];
  readonly problem: string | null;
}

/** Answer of `GET /consumer-groups`. */
export interface ConsumerGroupsView {
  readonly asOf: string;
  readonly groups: readonly ConsumerGroupView[];
}

/** Answer of `GET /events/totals` and its like: how many rows a filter selects, and of which kinds. */
export interface ListTotals {
  readonly count: number;
  /** Most frequent first, at most 20. */
  readonly kinds: readonly { readonly name: string; readonly count: number }[];
}

/** A row of `GET /outcomes`: how a posting request ended. */
export interface OutcomeRow {
  readonly outcomeId: string;
  readonly postingKey: string;
  readonly target: string;
  readonly kind: string;
  readonly result: string;
  readonly code: string | null;
  readonly attempts: number | null;
  readonly eventId: string;
  readonly concludedAt: string;
}
