// Generated from docs/reference/openapi/erp-sink.json by `npm run docs:generate`. Do not edit.
export interface paths {
  readonly '/batches': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Batches with their money, newest first; with `unreleased` a page of those that are not released, the oldest first.
     * @description Needs the permission `ledger.read`.
     */
    readonly get: operations['LedgerController.all'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/batches/{batchId}/release-orders': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Orders the release of a batch that failed or waits for an operator.
     * @description Needs the permission `groups.release`.
     */
    readonly post: operations['BatchOrderController.release'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/calls': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What the target was sent for a posting and what it answered, newest first.
     * @description Needs the permission `ledger.read`.
     */
    readonly get: operations['CallController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/erasures': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Erases the personal data of a Stripe customer in the ledgers.
     * @description Needs the permission `personal-data.erase`.
     */
    readonly post: operations['ErasureController.order'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/erasures/{customerId}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What an erasure would overwrite in the ledgers.
     * @description Needs the permission `personal-data.erase`.
     */
    readonly get: operations['ErasureController.count'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/log-level': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The levels of the log of the process that answers, until when, and the names of its loggers.
     * @description Needs the permission `logs.set`.
     */
    readonly get: operations['LogLevelController.show'];
    /**
     * Sets the level of the log of the process that answers, or of some of its loggers, for a time.
     * @description Needs the permission `logs.set`.
     */
    readonly put: operations['LogLevelController.set'];
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/postings': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Postings of the ledger, newest first, and how many there are by state.
     * @description Needs the permission `ledger.read`.
     */
    readonly get: operations['LedgerController.postings'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/postings/{path}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One posting with the outcome of each of its requests.
     * @description Needs the permission `ledger.read`.
     */
    readonly get: operations['LedgerController.posting'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/release-orders': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Orders to release batches that have not ended, and the newest 100 of each target that have; newest first.
     * @description Needs the permission `ledger.read`.
     */
    readonly get: operations['ReleaseOrderController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/release-orders/{id}/approve': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Approves an order of somebody else to release a batch.
     * @description Needs the permission `orders.approve`.
     */
    readonly post: operations['ReleaseOrderController.approve'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/release-orders/{id}/refuse': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Refuses an order to release a batch.
     * @description Needs the permission `orders.approve`.
     */
    readonly post: operations['ReleaseOrderController.refuse'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/targets': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The targets that this process serves, and how they fare.
     * @description Needs the permission `ledger.read`.
     */
    readonly get: operations['TargetController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/targets/{name}/check': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Looks at the target now; stores nothing there.
     * @description Needs the permission `targets.manage`.
     */
    readonly post: operations['TargetController.check'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/targets/{name}/pause': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Begins nothing new at the target until it is resumed.
     * @description Needs the permission `targets.manage`.
     */
    readonly post: operations['TargetController.pause'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/targets/{name}/resume': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Works on with what waits for the target.
     * @description Needs the permission `targets.manage`.
     */
    readonly post: operations['TargetController.resume'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description An amount on the wire. */
    readonly AmountView: {
      /** @description Integer minor units as text: JSON numbers do not hold 64 bits (I5). */
      readonly minor: string;
      /** @description Upper-case code as the source sent it; it may be no currency at all. */
      readonly currency: string;
      /** @description Decimal text in major units; the minor units where `exact` is false. */
      readonly text: string;
      /** @description False: the currency cannot have this amount (ISK 114850), or the currency is unknown; `text` is the minor units and is shown with a mark. */
      readonly exact: boolean;
    };
    /** @description How many batches, with how many documents and how much money. */
    readonly BatchTotalView: {
      readonly batches: number;
      readonly documents: number;
      readonly amounts: readonly components['schemas']['AmountView'][];
    };
    /** @description Answer of `GET /batches`, newest first; with `unreleased` a page of those that are not released, the oldest first. */
    readonly BatchesView: {
      readonly batches: readonly components['schemas']['OpenBatchView'][];
      /** @description Cursors of the pages around this one; null where there is none, and without `unreleased`. */
      readonly next: string | null;
      readonly previous: string | null;
      /** @description All that are not released, of every page; null without `unreleased`. */
      readonly total: components['schemas']['BatchTotalView'] | null;
    };
    /** @description Rows of one table that an erasure overwrote, or would overwrite. */
    readonly ErasedTableView: {
      /** @description `schema.table`; of a ledger: `erp_sink.posting` with the target in brackets. */
      readonly table: string;
      readonly rows: number;
      /** @description Columns that are overwritten. */
      readonly fields: readonly string[];
    };
    /** @description An erasure of the personal data of one Stripe customer, as recon and erp-sink answer it. */
    readonly ErasureView: {
      readonly customerId: string;
      /** @description False: it was only counted, and nothing was changed. */
      readonly done: boolean;
      /** @description Tables with rows to overwrite. */
      readonly tables: readonly components['schemas']['ErasedTableView'][];
      /** @description What is left because it is open, one sentence each: it is erased by itself when it is closed. */
      readonly waits: readonly string[];
      /** @description Where the service knows personal data to stay, and until when, one sentence each. */
      readonly stays: readonly string[];
    };
    /** @description One call of a connector about a posting: sending it, looking for it, or deleting it. It may take several requests. */
    readonly ErpCallView: {
      readonly id: string;
      readonly postingKey: string;
      /** @enum {string} */
      readonly call: 'post' | 'find' | 'discard';
      /** @description What it came to: `posted`, `rejected`, `unknown`, `found`, `absent`, `error`. */
      readonly result: string;
      readonly at: string;
      readonly ms: number;
      /** @description Whether texts in the bodies are masked: whoever asks may not read payloads of the target. */
      readonly masked: boolean;
      /** @description Why the bodies cannot be shown; null where they can. */
      readonly problem: string | null;
      readonly exchanges: readonly components['schemas']['ErpExchangeView'][];
    };
    /** @description Answer of `GET /calls` of erp-sink, newest first. */
    readonly ErpCallsPage: {
      readonly calls: readonly components['schemas']['ErpCallView'][];
    };
    /** @description One request over HTTP to a target, and its answer, without headers. Secrets and card numbers are masked in both. */
    readonly ErpExchangeView: {
      readonly method: string;
      /** @description Path with its query, without the host. */
      readonly path: string;
      /** @description Null: no body, or one that is no text. */
      readonly request: string | null;
      /** @description Null: no answer came. */
      readonly status: number | null;
      readonly answer: string | null;
      /** @description Why no whole answer came. */
      readonly problem: string | null;
      readonly ms: number;
      /** @description Whether a body was longer than what is kept. */
      readonly cut: boolean;
    };
    /** @description Every answer that is not 2xx. */
    readonly ErrorView: {
      /** @description Stable dotted code (docs/error-codes.md); `Bad Request` and its like where the framework refused. */
      readonly error?: string;
      readonly message: string;
      readonly statusCode?: number;
    };
    /** @description A posting of the ledger of erp-sink. */
    readonly LedgerPostingView: {
      readonly postingKey: string;
      readonly kind: string;
      readonly state: string;
      readonly attempts: number;
      readonly reference: {
        readonly [key: string]: string;
      } | null;
      readonly waitingOn: readonly string[];
      readonly batchId: string | null;
      readonly released: boolean;
      /** @description The request came again with other fields, which were not posted: an operator decides. */
      readonly superseded: boolean;
      readonly text: string | null;
      readonly changedAt: string;
      /** @description Only present when a single posting is read. */
      readonly outcomes?: readonly {
        readonly requestId: string;
        readonly result: string;
        readonly concludedAt: string;
        readonly published: boolean;
      }[];
    };
    /** @description Answer of `GET /postings` of erp-sink. `counts`: state -> number, of the whole ledger. */
    readonly LedgerPostingsView: {
      readonly counts: {
        readonly [key: string]: number;
      };
      readonly postings: readonly components['schemas']['LedgerPostingView'][];
    };
    /** @description Answer of `GET /log-level` and `PUT /log-level`. */
    readonly LogLevelView: {
      /** @description The level that was set for all loggers; null: that of the configuration. */
      readonly level: string | null;
      /** @description When that of the configuration comes back; null: it is in force. */
      readonly until: string | null;
      /** @description Loggers that have a level of their own: one that was set comes before that of all, one of the configuration after it. */
      readonly loggers: readonly components['schemas']['NamedLogLevelView'][];
      /** @description Names of the loggers that the process has, as far as they have written: what lines have as `context`. */
      readonly names: readonly string[];
    };
    /** @description The level of some loggers. */
    readonly NamedLogLevelView: {
      /** @description Beginning of the names of the loggers that are meant, in any case. */
      readonly logger: string;
      readonly level: string;
      /** @description When it ends; null: never, it is that of the configuration (LOG_LEVELS). */
      readonly until: string | null;
    };
    /** @description A batch that is not released, with its money. */
    readonly OpenBatchView: {
      readonly target: string;
      /** @description Unique within its target. */
      readonly batchId: string;
      readonly kind: string;
      /** @description Of its documents, `YYYY-MM-DD`. */
      readonly date: string;
      readonly bankAccount: string;
      /** @description `open`, `closing`, `releasing`, `released` or `failed`. An open list: a client shows an unknown state by its name. */
      readonly state: string;
      readonly documents: number;
      readonly attempts: number;
      readonly text: string | null;
      /** @description ISO 8601. */
      readonly openedAt: string;
      readonly amounts: readonly components['schemas']['AmountView'][];
      /** @description It is released when a person orders it, and not by itself. */
      readonly byPerson: boolean;
    };
    /** @description A release order as HTTP shows it. */
    readonly ReleaseOrderView: {
      readonly id: string;
      readonly target: string;
      readonly batchId: string;
      readonly state: components['schemas']['ReleaseState'];
      readonly by: string;
      readonly reason: string;
      /** @description Why it needs a second person; empty: it does not. */
      readonly waitsFor: readonly string[];
      /** @description The documents that it is about. */
      readonly postingKeys: readonly string[];
      /** @description Their money without signs, one sum per currency. */
      readonly amounts: readonly components['schemas']['AmountView'][];
      /** @description The same as minor units. */
      readonly sums: readonly {
        readonly minor: string;
        readonly currency: string;
      }[];
      /** @description Binds the content of the batch; what is approved is what has this digest. */
      readonly digest: string;
      readonly orderedAt: string;
      readonly expiresAt: string | null;
      readonly decidedBy: string | null;
      readonly decisionReason: string | null;
      /** @description Why it was stopped: an error code. */
      readonly code: string | null;
      readonly endedAt: string | null;
    };
    /** @description Answer of `POST /batches/:batchId/release-orders`; `order` where it waits for a second person. */
    readonly ReleaseOrderedView: {
      readonly batchId: string;
      readonly state: string;
      readonly order?: components['schemas']['ReleaseOrderView'];
    };
    /** @description Answer of `GET /release-orders`, newest first. */
    readonly ReleaseOrdersView: {
      readonly orders: readonly components['schemas']['ReleaseOrderView'][];
    };
    /**
     * @description States of a release order. `running`: the next sweep carries it out. `changed`: its batch is not what it was asked for any more.
     * @enum {string}
     */
    readonly ReleaseState: 'waiting-approval' | 'running' | 'released' | 'failed' | 'refused' | 'changed' | 'expired' | 'stopped';
    /** @description Batches of a target that are not released. */
    readonly TargetBatchesView: {
      readonly open: number;
      readonly documents: number;
      /** @description Money of their documents without signs, one sum per currency. */
      readonly amounts: readonly components['schemas']['AmountView'][];
      /** @description The oldest of them, 50 at most. */
      readonly list: readonly components['schemas']['OpenBatchView'][];
    };
    /** @description A circuit breaker that is open, or that a probe has not closed yet. */
    readonly TargetBreakerView: {
      /** @description ISO 8601. */
      readonly since: string;
      /** @description Error code of the newest failure. */
      readonly code: string;
    };
    /** @description Calls of a target by one process. */
    readonly TargetCallsView: {
      /** @description Calls of the last 60 seconds, look-ups among them. */
      readonly lastMinute: number;
      /** @description Most calls in a minute that the connector makes; null: it has no such limit. */
      readonly limitPerMinute: number | null;
      readonly inFlight: number;
      /** @description Most calls that may be open at once. */
      readonly inFlightLimit: number;
      /** @description When the target last answered, whatever it said; null: not since the process began. */
      readonly lastAnswerAt: string | null;
    };
    /** @description Answer of `POST /targets/:name/check`. */
    readonly TargetCheckView: {
      /** @description When it ended; ISO 8601. */
      readonly at: string;
      readonly findings: readonly components['schemas']['TargetFindingView'][];
    };
    /** @description A posting that ended without its document. */
    readonly TargetFailureView: {
      readonly at: string;
      readonly postingKey: string;
      /** @description Stable error code; null: not known any more. */
      readonly code: string | null;
    };
    /** @description One result of checking a target (docs/target-findings.md). */
    readonly TargetFindingView: {
      readonly code: string;
      /**
       * @description `missing`: postings would fail. `unknown`: the target gives no way to know. An open list.
       * @enum {string}
       */
      readonly level: 'ok' | 'warning' | 'missing' | 'unknown';
      readonly about: string;
      readonly text: string;
      /** @description What to do; empty where nothing is to be done. */
      readonly fix: string;
    };
    /** @description What a connector can do, and its limits. */
    readonly TargetLimitsView: {
      /** @description Kinds of documents. */
      readonly kinds: readonly string[];
      readonly features: readonly string[];
      /** @description Longest time that one call may take, ms. */
      readonly longestCallMs: number;
    };
    /** @description A pause that somebody ordered. */
    readonly TargetPauseView: {
      /** @description Since when; ISO 8601. */
      readonly at: string;
      /** @description Name of who ordered it. */
      readonly by: string;
      readonly reason: string;
    };
    /** @description Postings of a target that are not concluded. */
    readonly TargetPostingsView: {
      /** @description Requests that are worked on, or wait for other documents. */
      readonly open: number;
      /** @description Sent without a known outcome; not in `open`. */
      readonly unknown: number;
      /** @description Only a person can judge them; not in `open`. */
      readonly held: number;
      /** @description The one of these that was requested first; null: there is none. */
      readonly oldest: {
        readonly postingKey: string;
        readonly state: string;
        readonly since: string;
      } | null;
    };
    /** @description A target as `GET /targets` of erp-sink shows it, and as pausing and resuming answer. `breaker` and `calls` are those of the process that answers; everything else is the target's, from its ledger. */
    readonly TargetView: {
      readonly target: string;
      /** @description The kind of its connector: what product it is. */
      readonly product: string;
      /**
       * @description `paused`: by a person. `sign-in-refused`: the target refuses the credentials, so somebody has to act. `away`: it does not answer, and is probed. `waiting`: for something of this installation that postings need. An open list: a client shows an unknown state by its name.
       * @enum {string}
       */
      readonly state: 'working' | 'paused' | 'sign-in-refused' | 'away' | 'waiting';
      /** @description Who paused it; null: nobody did. */
      readonly paused: components['schemas']['TargetPauseView'] | null;
      /** @description Since when it fails; null: it answers. */
      readonly breaker: components['schemas']['TargetBreakerView'] | null;
      readonly calls: components['schemas']['TargetCallsView'];
      readonly postings: components['schemas']['TargetPostingsView'];
      readonly batches: components['schemas']['TargetBatchesView'];
      /** @description When a document was last written; null: none was yet. */
      readonly lastSuccessAt: string | null;
      /** @description The newest posting that the target refused or that is held; null: there is none. */
      readonly lastFailure: components['schemas']['TargetFailureView'] | null;
      readonly limits: components['schemas']['TargetLimitsView'];
      /** @description Version of the mapping that made the newest document; null: not known any more. */
      readonly mappingVersion: string | null;
      /** @description What the last check found; null: none has ended since the process began, or it checks nothing. */
      readonly check: components['schemas']['TargetCheckView'] | null;
    };
    /** @description Answer of `GET /targets` of erp-sink. */
    readonly TargetsView: {
      readonly targets: readonly components['schemas']['TargetView'][];
    };
  };
  responses: {
    /** @description The request does not fit: `message` names each field. */
    readonly Invalid: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
    /** @description Nobody is known to ask: `identity.missing`, `identity.expired`, `identity.invalid`, `identity.withdrawn`. */
    readonly Unknown: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
    /** @description Whoever asks lacks the permission: `identity.forbidden`. */
    readonly Forbidden: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
    /** @description What is needed to answer is away for the moment, a database for example. */
    readonly Away: {
      headers: {
        readonly [name: string]: unknown;
      };
      content: {
        readonly 'application/json': components['schemas']['ErrorView'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  readonly 'LedgerController.all': {
    readonly parameters: {
      readonly query?: {
        readonly target?: string;
        readonly unreleased?: string;
        readonly after?: string;
        readonly before?: string;
        readonly limit?: number;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description BatchesView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['BatchesView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `message` says why. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'BatchOrderController.release': {
    readonly parameters: {
      readonly query?: {
        readonly target?: string;
      };
      readonly header?: never;
      readonly path: {
        readonly batchId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly reason: string;
          readonly by?: unknown;
        };
      };
    };
    readonly responses: {
      /** @description ReleaseOrderedView */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReleaseOrderedView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `message` says why. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `message` says why. */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'CallController.list': {
    readonly parameters: {
      readonly query: {
        readonly postingKey: string;
        readonly target?: string;
        readonly limit?: number;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ErpCallsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErpCallsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ErasureController.order': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly reason: string;
          readonly by?: unknown;
          readonly customerId: string;
        };
      };
    };
    readonly responses: {
      /** @description ErasureView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErasureView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ErasureController.count': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly customerId: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ErasureView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErasureView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `erasure.invalid`. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LogLevelController.show': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LogLevelView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LogLevelView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LogLevelController.set': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** @enum {string} */
          readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
          readonly logger?: string;
          readonly forMinutes: number;
          readonly reason: string;
        };
      };
    };
    readonly responses: {
      /** @description LogLevelView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LogLevelView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `log-level.invalid`. */
      readonly 400: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description What is needed to answer is away for the moment, a database for example. Also: `log-level.worker-silent`, `log-level.not-recorded`. */
      readonly 503: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
    };
  };
  readonly 'LedgerController.postings': {
    readonly parameters: {
      readonly query?: {
        readonly state?: 'new' | 'claimed' | 'unknown' | 'waiting' | 'posted' | 'rejected' | 'held' | 'skipped';
        readonly target?: string;
        readonly limit?: number;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LedgerPostingsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LedgerPostingsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `message` says why. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LedgerController.posting': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly path: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LedgerPostingView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LedgerPostingView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `message` says why. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ReleaseOrderController.list': {
    readonly parameters: {
      readonly query?: {
        readonly target?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ReleaseOrdersView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReleaseOrdersView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ReleaseOrderController.approve': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly reason: string;
          readonly by?: unknown;
          readonly digest?: string;
        };
      };
    };
    readonly responses: {
      /** @description ReleaseOrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReleaseOrderView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `order.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `message` says why. */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ReleaseOrderController.refuse': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly reason: string;
          readonly by?: unknown;
        };
      };
    };
    readonly responses: {
      /** @description ReleaseOrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReleaseOrderView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `order.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `message` says why. */
      readonly 409: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TargetController.list': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description TargetsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TargetsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TargetController.check': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly name: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': Record<string, never>;
      };
    };
    readonly responses: {
      /** @description TargetCheckView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TargetCheckView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `target.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TargetController.pause': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly name: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly reason: string;
          readonly by?: unknown;
        };
      };
    };
    readonly responses: {
      /** @description TargetView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TargetView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `target.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TargetController.resume': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly name: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly reason: string;
          readonly by?: unknown;
        };
      };
    };
    readonly responses: {
      /** @description TargetView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TargetView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `target.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      readonly 503: components['responses']['Away'];
    };
  };
}
