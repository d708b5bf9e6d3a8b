// Generated from docs/reference/openapi/recon.json by `npm run docs:generate`. Do not edit.
export interface paths {
  readonly '/audit': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Rows of the audit trail, newest first.
     * @description Needs the permission `audit.read`.
     */
    readonly get: operations['AuditController.list'];
    readonly put?: never;
    /**
     * Takes a row of the audit trail from another service.
     * @description Needs the permission `audit.report`.
     */
    readonly post: operations['AuditController.report'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/audit.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The audit trail as a file.
     * @description Needs the permission `audit.read`.
     */
    readonly get: operations['AuditFileController.file'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/audit/log-levels': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Records that whoever asks changes the level of the log of ingest or transform.
     * @description Needs the permission `logs.set`.
     */
    readonly post: operations['LogLevelDeedController.record'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/audit/verification': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * How far the verification of the audit trail is, and what the last one found.
     * @description Needs the permission `audit.read`.
     */
    readonly get: operations['AuditVerificationController.status'];
    readonly put?: never;
    /**
     * Starts a verification of the audit trail.
     * @description Needs the permission `audit.read`.
     */
    readonly post: operations['AuditVerificationController.start'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/audit/{sequence}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One row of the audit trail, and whether it fits its hash.
     * @description Needs the permission `audit.read`.
     */
    readonly get: operations['AuditController.entry'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/books': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The trial balance of every target, and its clearing accounts beside the balance at Stripe.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['BooksController.books'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/canonical-events': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Canonical events, newest first.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.canonicalEvents'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/canonical-events.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Canonical events as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordFileController.canonicalEvents'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/canonical-events/totals': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * How many canonical events a filter selects, and of which types.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.canonicalTotals'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/company-format': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Whose books these are, and how amounts and dates are written there.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['CompanyFormatController.format'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/consumer-groups': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * How far each consumer group is behind its topics.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['MessageController.groups'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/counts': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What became of the deliveries of Stripe events.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.counts'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/customers': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Customers of Stripe, and what each ledger has for them.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['CustomerController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/customers.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Customers as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['CustomerController.file'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/customers/questions': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Open questions which customer of a ledger is meant.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['CustomerController.open'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/customers/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One customer with its questions, hints, payments and events.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['CustomerController.detail'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Orders, newest first, and how many fit in all.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['OrderController.list'];
    readonly put?: never;
    /**
     * Orders a replay, skip or resolve of dead letters.
     * @description Needs the permission `orders.create`.
     */
    readonly post: operations['OrderController.order'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Orders as a file.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['DeskFileController.orders'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/preview': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * How many letters and how much money an order would be about, and whether somebody else would have to approve it.
     * @description Needs the permission `orders.create`.
     */
    readonly post: operations['OrderController.preview'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One order.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['OrderController.show'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/{id}/approve': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Approves an order of somebody else.
     * @description Needs the permission `orders.approve`.
     */
    readonly post: operations['OrderController.approve'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/{id}/cancel': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Ends an order: what was not dispatched stays a dead letter.
     * @description Needs the permission `orders.cancel`.
     */
    readonly post: operations['OrderController.cancel'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/{id}/continue': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Continues an order that was paused.
     * @description Needs the permission `orders.create`.
     */
    readonly post: operations['OrderController.continue'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/{id}/letters': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The letters of an order, and how far each is.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['OrderController.letters'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/{id}/pause': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Dispatches nothing more of an order until it is continued.
     * @description Needs the permission `orders.cancel`.
     */
    readonly post: operations['OrderController.pause'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letter-orders/{id}/refuse': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Refuses an order that waits for approval.
     * @description Needs the permission `orders.approve`.
     */
    readonly post: operations['OrderController.refuse'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Dead letters, newest first.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['DeadLetterController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Dead letters as a file, without payloads.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['LetterFileController.file'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/causes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Dead letters that are not closed, by cause and group, with their money.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['DeadLetterController.causes'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/causes.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Causes of dead letters as a file.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['DeskFileController.causes'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/parked': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Messages parked behind a failed one of their sequence.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['DeadLetterController.parked'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/parked.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Parked messages as a file.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['LetterFileController.parked'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/sequences': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Sequences that wait for a dead letter at their head.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['DeadLetterController.standing'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/sequences.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Sequences that wait as a file.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['DeskFileController.sequences'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/totals': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Count and sums of the dead letters that a filter selects.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['LetterFileController.totals'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One dead letter with its message; the audit trail says who read it.
     * @description Needs the permission `payloads.read`.
     */
    readonly get: operations['DeadLetterController.show'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/{id}/assignment': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Says who works on a dead letter.
     * @description Needs the permission `letters.discuss`.
     */
    readonly post: operations['LetterCaseController.assign'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/{id}/case': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Everything about one dead letter but its message.
     * @description Needs the permission `letters.read`.
     */
    readonly get: operations['LetterCaseController.about'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/{id}/check-edit': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Compares an edited value with the original and with its schema.
     * @description Needs the permission `payloads.read`.
     */
    readonly post: operations['DeadLetterController.checkEdit'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/{id}/comments': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Adds a comment to a dead letter.
     * @description Needs the permission `letters.discuss`.
     */
    readonly post: operations['LetterCaseController.comment'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/{id}/dry-run': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * The documents and calls that a message would make; nothing is sent.
     * @description Needs the permission `payloads.read`.
     */
    readonly post: operations['DeadLetterController.dryRun'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/dead-letters/{id}/message': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The message of a dead letter, decoded; the audit trail says who read it.
     * @description Needs the permission `payloads.read`.
     */
    readonly get: operations['LetterCaseController.message'];
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
     * Erases the personal data of a Stripe customer in the tables of recon.
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
     * What an erasure would overwrite in the tables of recon.
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
  readonly '/events': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Stripe events, newest first.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.events'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/events.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Stripe events as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordFileController.events'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/events/totals': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * How many Stripe events a filter selects, and of which types.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.eventTotals'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/events/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One Stripe event with what became of it.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.event'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/feed': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The live figures: server-sent events with the name snapshot.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['FeedController.live'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/installation/examination': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What the last examination of the installation found, and whether one runs.
     * @description Needs the permission `people.manage`.
     */
    readonly get: operations['InstallationController.status'];
    readonly put?: never;
    /**
     * Looks at Kafka, the registry and PostgreSQL with the connections of recon.
     * @description Needs the permission `people.manage`.
     */
    readonly post: operations['InstallationController.start'];
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
  readonly '/messages/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One message of a topic with its chain.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['MessageController.message'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/messages/{id}/fixture': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * A fixture for tests, made of a Stripe event.
     * @description Needs the permission `payloads.read`.
     */
    readonly get: operations['MessageController.fixture'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/messages/{id}/record': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * The record of a message as it was written; texts only for whoever may read payloads.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['MessageController.record'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/movements': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Movements of the balance at Stripe, newest first.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['MovementController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/movements.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Movements of the balance at Stripe as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['MovementController.file'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/movements/totals': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Count and sums of the movements that a filter selects.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['MovementController.totals'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/notification-routes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Where notifications go, without secrets, and how the last test ended.
     * @description Needs the permission `notifications.manage`.
     */
    readonly get: operations['NotificationController.routes'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/notification-routes/{id}/test': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Sends a test over a route; GET /notification-routes says how it ended.
     * @description Needs the permission `notifications.manage`.
     */
    readonly post: operations['NotificationController.test'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/notifications': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What operators were told of, newest first.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['NotificationController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/notifications/{id}/acknowledge': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly get?: never;
    readonly put?: never;
    /**
     * Silences reminders until the condition is over.
     * @description Needs the permission `notifications.acknowledge`.
     */
    readonly post: operations['NotificationController.acknowledge'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/outcomes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Outcomes of posting requests, newest first.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.outcomes'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/outcomes.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Outcomes as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordFileController.outcomes'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/outcomes/totals': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * How many outcomes a filter selects, and of which kinds.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.outcomeTotals'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/overview': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Every figure with its sums, and what is open.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.overview'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/payments': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Payments, newest first.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.list'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/payments.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Payments as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['PaymentFileController.file'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/payments/totals': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Count and sums of the payments that a filter selects.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.totals'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/payments/{id}': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One payment with its steps, documents and money.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.trace'];
    readonly put?: never;
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
     * Posting requests, newest first.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.postings'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/postings.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Posting requests as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordFileController.postings'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/postings/totals': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * How many posting requests a filter selects, and of which kinds.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['RecordListController.postingTotals'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/reconciliation': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Captured payments beside the entries of the ledger.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.reconciliation'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/reconciliation/documents': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Documents beside the entries that the ledger has for them.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['DocumentComparisonController.documents'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/reconciliation/documents.csv': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Documents beside the entries of the ledger, as a file.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['DocumentComparisonController.file'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/search': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * One object by any of its ids, or payments by their amount.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['SearchController.search'];
    readonly put?: never;
    /**
     * The same with the text in the body, which no log shows: also by e-mail address.
     * @description Needs the permission `payments.read`.
     */
    readonly post: operations['SearchController.find'];
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/service-settings': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * Version, limits, and secrets by reference.
     * @description Needs the permission `people.manage`.
     */
    readonly get: operations['SettingsController.settings'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/stages': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * How many messages passed each stage, and how many are on their way to it.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['ViewController.stages'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/target-outcomes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What became of the postings of each target, hour by hour.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['TargetOutcomesController.hourly'];
    readonly put?: never;
    readonly post?: never;
    readonly delete?: never;
    readonly options?: never;
    readonly head?: never;
    readonly patch?: never;
    readonly trace?: never;
  };
  readonly '/today': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    /**
     * What has to be done, and the money of a day from Stripe to the ledger.
     * @description Needs the permission `payments.read`.
     */
    readonly get: operations['TodayController.today'];
    readonly put?: never;
    readonly post?: never;
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
    /** @description One account of the trial balance. */
    readonly AccountBalanceView: {
      readonly target: string;
      readonly account: string;
      readonly currency: string;
      readonly debit: components['schemas']['AmountView'];
      readonly credit: components['schemas']['AmountView'];
    };
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
    /** @description A place in the assets. */
    readonly AssetPlace: {
      readonly path: string;
      readonly line: number;
    };
    /** @description Answer of `GET /audit/:sequence`: one row, checked by itself and against the row before. */
    readonly AuditEntryView: {
      /** @description Place in the chain, as text. */
      readonly sequence: string;
      /** @description ISO 8601, UTC, microseconds. */
      readonly at: string;
      /** @description `person:<id>`, `service:<name>`, `local`; `claimed:<name>` from before people signed in. */
      readonly subject: string;
      readonly name: string;
      /** @description `order.made`, `payload.read`, `sign-in.refused`. */
      readonly action: string;
      /** @description With its kind: `order:ord_...`, `letter:dl_...`. */
      readonly object: string;
      readonly target: string | null;
      readonly reason: string | null;
      readonly details: unknown;
      /** @description Address that the request came from. */
      readonly address: string | null;
      /** @description SHA-256 over this row and the one before, hex. */
      readonly hash: string;
      /** @description Hash of the row before, as this row names it. */
      readonly previous: string;
      readonly fitsItsHash: boolean;
      readonly followsTheRowBefore: boolean;
    };
    /** @description A page of the audit trail, newest first. */
    readonly AuditPage: {
      readonly rows: readonly components['schemas']['AuditRowView'][];
      /** @description Cursor of the next page; null on the last. */
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first. */
      readonly previous: string | null;
    };
    /** @description Answer of `POST /audit`: where the row stands in the chain. */
    readonly AuditReportView: {
      readonly sequence: string;
      readonly hash: string;
    };
    /** @description One row of the audit trail: who did what to what, when and why. */
    readonly AuditRowView: {
      /** @description Place in the chain, as text. */
      readonly sequence: string;
      /** @description ISO 8601, UTC, microseconds. */
      readonly at: string;
      /** @description `person:<id>`, `service:<name>`, `local`; `claimed:<name>` from before people signed in. */
      readonly subject: string;
      readonly name: string;
      /** @description `order.made`, `payload.read`, `sign-in.refused`. */
      readonly action: string;
      /** @description With its kind: `order:ord_...`, `letter:dl_...`. */
      readonly object: string;
      readonly target: string | null;
      readonly reason: string | null;
      readonly details: unknown;
      /** @description Address that the request came from. */
      readonly address: string | null;
      /** @description SHA-256 over this row and the one before, hex. */
      readonly hash: string;
    };
    /** @description What a verification of the whole trail found. */
    readonly AuditVerificationResult: {
      readonly startedAt: string;
      readonly endedAt: string;
      /** @description False: something was tampered with, or the anchor file was. */
      readonly whole: boolean;
      /** @description Rows in order, from the first one on. */
      readonly rows: string;
      /** @description Newest place that an anchor names; null: without an anchor, a chain that was cut off or written anew is not noticed. */
      readonly anchoredUntil: string | null;
      /** @description The first break; null: none. */
      readonly finding: {
        readonly kind: string;
        readonly sequence: string;
        readonly until: string;
        readonly text: string;
      } | null;
      /** @description False: what protects the table from changes is not in place; the sentences say what. */
      readonly isProtected: boolean;
      /** @description The result in words, as `tributary audit verify` prints it. */
      readonly sentences: readonly string[];
    };
    /** @description Answer of `GET /audit/verification`. One verification runs at a time. */
    readonly AuditVerificationView: {
      /** @description Null: none runs. */
      readonly running: {
        readonly startedAt: string;
        /** @description Name of who started it. */
        readonly startedBy: string;
        /** @description Rows that were found in order so far. */
        readonly rows: string;
        /** @description Rows that there were when it began. */
        readonly of: string;
      } | null;
      /** @description Of the last one that ended; null: there was none. */
      readonly last: components['schemas']['AuditVerificationResult'] | null;
      /** @description Why the last one could not end, as a sentence; null: it could, or it still runs. */
      readonly problem: string | null;
    };
    /** @description Movements of Stripe's balance because of a payment, in one settlement currency. */
    readonly BalanceMoneyView: {
      readonly currency: string;
      readonly lines: readonly components['schemas']['MoneyLineView'][];
      /** @description Sum of the lines. */
      readonly net: components['schemas']['AmountView'];
    };
    /** @description `GET /books`: what the ledger says of the account at Stripe, and whether the two agree. */
    readonly BooksView: {
      /** @description When the ledger and Stripe were read. */
      readonly asOf: string;
      /** @description One per settlement currency of the Stripe account, sorted by currency: of the first of  {@link  ledgers } . */
      readonly clearing: readonly components['schemas']['ClearingView'][];
      /** @description The clearing accounts of every ledger that could be read: each of them books the whole Stripe account. */
      readonly ledgers: readonly components['schemas']['LedgerClearingView'][];
      /** @description Entries and documents whose debits and credits differ; more than 0 is an error of a mapping or of the ledger (I11). Of the targets that the caller may see. */
      readonly unbalanced: number;
      /** @description Every account that something was posted to, per currency. */
      readonly trialBalance: readonly components['schemas']['AccountBalanceView'][];
      /** @description Why a part is not there: what could not be read, and what to do. Empty when everything was read. */
      readonly problems: readonly string[];
    };
    /** @description A canonical event that a Stripe event was translated into. */
    readonly CanonicalEventRow: {
      readonly canonicalId: string;
      readonly eventId: string;
      readonly type: string;
      readonly ignoredReason: string | null;
      readonly translatedAt: string | null;
    };
    /** @description Answer of `GET /canonical-events`, newest first. */
    readonly CanonicalEventsPage: {
      readonly canonicalEvents: readonly components['schemas']['CanonicalEventRow'][];
      readonly next: string | null;
      readonly previous: string | null;
    };
    /** @description Dead letters that are not closed, of one cause in one consumer group. */
    readonly CauseView: {
      /** @description Stable error code. */
      readonly cause: string;
      readonly group: string;
      /** @description True: nothing is wrong with the messages, a person has to look into the target. */
      readonly held: boolean;
      /** @description Open ones and those of an unfinished order. */
      readonly count: number;
      readonly ordered: number;
      /** @description Messages parked behind them. */
      readonly parkedBehind: number;
      readonly moneyAtRisk: readonly components['schemas']['AmountView'][];
      /** @description Money of the messages parked behind them. */
      readonly moneyBehind: readonly components['schemas']['AmountView'][];
      readonly oldestAt: string;
      readonly newestAt: string;
      /** @description Text of the newest one. */
      readonly example: string | null;
    };
    /** @description Answer of `GET /dead-letters/causes`. */
    readonly CausesView: {
      readonly causes: readonly components['schemas']['CauseView'][];
    };
    /** @description Answer of `POST /dead-letters/:id/check-edit`. */
    readonly CheckedEditView:
      | {
          /** @constant */
          readonly ok: true;
          readonly differences: readonly components['schemas']['Difference'][];
          readonly money: readonly components['schemas']['MoneyChangeView'][];
        }
      | {
          /** @constant */
          readonly ok: false;
          readonly problems: readonly components['schemas']['FieldProblem'][];
        };
    /** @description The clearing account of one settlement currency beside Stripe's balance (I12). */
    readonly ClearingView: {
      readonly currency: string;
      /** @description Balance of the clearing account in the ledger; debit is positive. */
      readonly ledger: components['schemas']['AmountView'];
      /** @description Balance of the Stripe account: available and pending. */
      readonly stripe: components['schemas']['AmountView'];
      /** @description What Stripe has moved and the ledger books only with a later payout. */
      readonly inFlight: components['schemas']['AmountView'];
      /** @description `ledger` - `stripe` - `inFlight`: 0 when no posting is under way. */
      readonly difference: components['schemas']['AmountView'];
    };
    /** @description Answer of `GET /company-format`: whose books these are, and how the company of the first target writes amounts and dates. Null: its profile does not say. */
    readonly CompanyFormatView: {
      /** @description Language tag. */
      readonly locale: string | null;
      /** @description IANA time zone; null without a locale. */
      readonly timeZone: string | null;
      /** @description Its code in the ERP. */
      readonly company: string | null;
      /** @description True: live payments are booked; false: those of Stripe's test mode. */
      readonly livemode: boolean | null;
      /** @description IANA time zone whose calendar days are posting dates. */
      readonly ledgerZone: string | null;
    };
    /** @description `GET /consumer-groups`: how far each group is behind its topics. */
    readonly ConsumerGroupView: {
      readonly group: string;
      /** @description What its members do, in words. */
      readonly does: string;
      /** @description Messages that it has not finished with; null where it could not be asked. */
      readonly lag: string | null;
      readonly members: number | null;
      /** @description What the lag means now, in words. */
      readonly meaning: string;
      readonly topics: readonly {
        readonly topic: string;
        readonly newest: string;
        readonly lag: string;
      }[];
      readonly problem: string | null;
    };
    /** @description Answer of `GET /consumer-groups`. */
    readonly ConsumerGroupsView: {
      readonly asOf: string;
      readonly groups: readonly components['schemas']['ConsumerGroupView'][];
    };
    /** @description Counts of deliveries: `accepted` is the sum of the five others. `posted` counts events, not documents. */
    readonly Counts: {
      readonly accepted: number;
      readonly inFlight: number;
      readonly posted: number;
      readonly ignored: number;
      readonly held: number;
      readonly deadLettered: number;
      readonly ignoredBy: {
        readonly [key: string]: number;
      };
      readonly heldBy: {
        readonly [key: string]: number;
      };
      readonly deadLetteredBy: {
        readonly [key: string]: number;
      };
    };
    /** @description A customer of a target that may be the one that is meant. */
    readonly CustomerCandidateView: {
      /** @description How people call it there. */
      readonly title: string;
      /** @description Its key, as an answer names it. */
      readonly reference: {
        readonly [key: string]: string;
      };
    };
    /** @description Answer of `GET /customers/:id`. */
    readonly CustomerDetail: {
      readonly customerId: string;
      /** @description Its name as its newest payment has it; null: not known, or whoever asks may not read payloads. */
      readonly name: string | null;
      readonly state: components['schemas']['CustomerState'];
      readonly pairs: readonly components['schemas']['CustomerPairView'][];
      /** @description When its newest payment came; null: it has none. */
      readonly lastPaymentAt: string | null;
      readonly questions: readonly components['schemas']['CustomerQuestionView'][];
      readonly hints: readonly components['schemas']['CustomerHintView'][];
      /** @description Its payments; the list is `GET /payments?customer=`. */
      readonly payments: components['schemas']['SumView'];
      /** @description The newest twenty. */
      readonly events: readonly components['schemas']['CustomerEventView'][];
      /** @description When its personal data was erased; null: it was not. */
      readonly erasedAt: string | null;
    };
    /** @description An event about a customer. */
    readonly CustomerEventView: {
      readonly eventId: string;
      readonly type: string | null;
      readonly state: components['schemas']['EventState'];
      readonly reason: string | null;
      readonly receivedAt: string | null;
    };
    /** @description Something that looks as if customers were to be merged. Nothing is done about it. */
    readonly CustomerHintView: {
      /**
       * @description `shared`: one customer of the ledger stands for several of Stripe. `changed`: the ledger named another customer before.
       * @enum {string}
       */
      readonly kind: 'shared' | 'changed';
      readonly target: string;
      readonly text: string;
      /** @description Other Stripe customers that it is about. */
      readonly customers: readonly string[];
    };
    /** @description A Stripe customer in one target. */
    readonly CustomerPairView: {
      readonly target: string;
      readonly state: components['schemas']['CustomerState'];
      readonly postingKey: string;
      /** @description The target's keys of its customer; null: it has none. */
      readonly reference: {
        readonly [key: string]: string;
      } | null;
      /** @description When the target last said so. */
      readonly since: string | null;
      /** @description Other Stripe customers that the same customer of the target stands for, at most ten. */
      readonly others: readonly string[];
      /** @description How the newest request for it ended; null: there was none, or it is on its way. */
      readonly result: string | null;
    };
    /** @description An open question about a customer: a held fact or posting, which only a person can judge. */
    readonly CustomerQuestionView: {
      /** @description Id of the dead letter that an answer names. */
      readonly letterId: string;
      /** @description `open`; `ordered`: an order about it has not ended yet. */
      readonly state: string;
      readonly target: string | null;
      readonly cause: string;
      /** @description True: it asks which customer of the ledger this one is. */
      readonly asksWho: boolean;
      /** @description What the target or the flow said: the evidence. */
      readonly text: string | null;
      readonly since: string;
      readonly money: components['schemas']['AmountView'] | null;
      readonly parkedBehind: number;
      /** @description Customers of the target that it named. */
      readonly candidates: readonly components['schemas']['CustomerCandidateView'][];
      /** @description Answers that a question of a flow offers; empty: it is answered by naming the customer, by a replay or by a skip. */
      readonly answers: readonly string[];
    };
    /** @description Answer of `GET /customers/questions`, the longest waiting first. */
    readonly CustomerQuestionsPage: {
      readonly questions: readonly {
        readonly customerId: string;
        /** @description Id of the dead letter that an answer names. */
        readonly letterId: string;
        /** @description `open`; `ordered`: an order about it has not ended yet. */
        readonly state: string;
        readonly target: string | null;
        readonly cause: string;
        /** @description True: it asks which customer of the ledger this one is. */
        readonly asksWho: boolean;
        /** @description What the target or the flow said: the evidence. */
        readonly text: string | null;
        readonly since: string;
        readonly money: components['schemas']['AmountView'] | null;
        readonly parkedBehind: number;
        /** @description Customers of the target that it named. */
        readonly candidates: readonly components['schemas']['CustomerCandidateView'][];
        /** @description Answers that a question of a flow offers; empty: it is answered by naming the customer, by a replay or by a skip. */
        readonly answers: readonly string[];
      }[];
      /** @description True: there are more than are listed. */
      readonly more: boolean;
    };
    /**
     * @description What a ledger made of a Stripe customer. `paired`: it has one ledger customer. `doubtful`: a person has to say which one it is. `several`: its ledger customer stands for other Stripe customers, too. `missing`: it has none.
     * @enum {string}
     */
    readonly CustomerState: 'paired' | 'doubtful' | 'several' | 'missing';
    /** @description One row of the list of customers. */
    readonly CustomerView: {
      readonly customerId: string;
      /** @description Its name as its newest payment has it; null: not known, or whoever asks may not read payloads. */
      readonly name: string | null;
      readonly state: components['schemas']['CustomerState'];
      readonly pairs: readonly components['schemas']['CustomerPairView'][];
      /** @description When its newest payment came; null: it has none. */
      readonly lastPaymentAt: string | null;
    };
    /** @description Answer of `GET /customers`, by id. */
    readonly CustomersPage: {
      readonly customers: readonly components['schemas']['CustomerView'][];
      readonly next: string | null;
      readonly previous: string | null;
    };
    /** @description One figure of a day in one currency. */
    readonly DayFigureView: {
      readonly count: number;
      readonly amount: components['schemas']['AmountView'];
      /** @description Request of recon's API whose rows are counted and summed. */
      readonly list: string;
    };
    /** @description The money of one day in one currency, from Stripe to the ledger. `received` = `captured` + `failed`; `captured` = `inLedger` + `open` + `notBooked`; `open` = `onItsWay` + `needsPerson`. The others are movements of Stripe's balance on that day, in settlement currency: money that left is positive. */
    readonly DayMoneyView: {
      readonly currency: string;
      readonly received: components['schemas']['DayFigureView'];
      readonly captured: components['schemas']['DayFigureView'];
      readonly failed: components['schemas']['DayFigureView'];
      readonly inLedger: components['schemas']['DayFigureView'];
      readonly open: components['schemas']['DayFigureView'];
      readonly onItsWay: components['schemas']['DayFigureView'];
      readonly needsPerson: components['schemas']['DayFigureView'];
      readonly notBooked: components['schemas']['DayFigureView'];
      readonly refunded: components['schemas']['DayFigureView'];
      readonly fees: components['schemas']['DayFigureView'];
      readonly disputes: components['schemas']['DayFigureView'];
      readonly paidOut: components['schemas']['DayFigureView'];
    };
    /** @description One place in which two JSON values differ. */
    readonly Difference: {
      readonly path: string;
      /** @description Absent: the place did not exist. */
      readonly before?: unknown;
      /** @description Absent: the place exists no longer. */
      readonly after?: unknown;
    };
    /** @description One row of `GET /reconciliation/documents`. */
    readonly DocumentComparison: {
      readonly postingKey: string;
      readonly target: string;
      readonly kind: string;
      readonly state: components['schemas']['LedgerEffectState'];
      readonly text: string | null;
      readonly checkedAt: string | null;
      /** @description The charge that the document belongs to; null for a journal of a payout and the like. */
      readonly chargeId: string | null;
      readonly eventId: string;
    };
    /** @description Answer of `GET /reconciliation/documents`, the newest reading first. */
    readonly DocumentComparisons: {
      readonly summary: {
        readonly matched: number;
        readonly different: number;
        readonly missing: number;
        readonly pending: number;
        readonly notCompared: number;
      };
      readonly documents: readonly components['schemas']['DocumentComparison'][];
      /** @description Cursor of the next page; null on the last one. */
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first. */
      readonly previous: string | null;
    };
    /** @description One row of a document: an invoice line, a journal line. Values as text; null where the field is empty. */
    readonly DocumentLineView: {
      readonly table: string;
      readonly key: string;
      readonly fields: {
        readonly [key: string]: string | null;
      };
    };
    /** @description One document of a target: an invoice, a receipt, a journal, a customer. */
    readonly DocumentView: {
      readonly postingKey: string;
      readonly target: string;
      readonly kind: string;
      /** @description Its number there, of the keys in `reference`; null while it has none. */
      readonly number: string | null;
      /** @description Its address in the ERP; null where none is configured (RECON_DOCUMENT_LINKS). */
      readonly link: string | null;
      /** @description Event that it was requested for. */
      readonly eventId: string;
      /** @description The rule that requested it; null where its version was not recorded yet. */
      readonly rule: components['schemas']['PostingRuleView'] | null;
      /** @description Result of the newest outcome; null while there is none. */
      readonly result: string | null;
      readonly requestedAt: string;
      /** @description The target's own keys of the document. */
      readonly reference: {
        readonly [key: string]: string;
      } | null;
      /** @description Its rows as they were sent. Empty for documents that have none. */
      readonly lines: readonly components['schemas']['DocumentLineView'][];
      /** @description What it does to the books. Empty for documents that move no money. */
      readonly effect: readonly components['schemas']['EffectLineView'][];
      /** @description What the ERP's ledger has for it; null for a document that moves no money, or that no outcome has reported yet. */
      readonly ledger: components['schemas']['LedgerEffectView'] | null;
    };
    /** @description One call of a dry run. */
    readonly DryCallView: {
      readonly method: string;
      readonly path: string;
      readonly body: string;
      readonly text: string;
    };
    /** @description What one posting request would do. */
    readonly DryPostingView: {
      readonly postingKey: string;
      readonly target: string;
      readonly kind: string;
      readonly protocol: string;
      readonly mappingVersion: string;
      /** @description Calls that store, as they would be sent. */
      readonly calls: readonly components['schemas']['DryCallView'][];
      /** @description Fields that depend on documents not yet posted. */
      readonly open: readonly string[];
      /** @description Rows of the document: invoice lines, journal lines. Empty for documents that have none. */
      readonly lines: readonly components['schemas']['DocumentLineView'][];
      /** @description What it would do to the books. Empty for documents that move no money. */
      readonly effect: readonly components['schemas']['EffectLineView'][];
      /** @description Sums of both sides, one per currency; equal, or `problem` says so. */
      readonly totals: readonly components['schemas']['EffectTotal'][];
      /** @description Why it would be refused before anything is sent. */
      readonly problem: components['schemas']['ProblemView'] | null;
    };
    /** @description Answer of `POST /dead-letters/:id/dry-run`. */
    readonly DryRunView: {
      /** @description Types of the canonical facts that a raw event becomes; null for what is one already. */
      readonly facts: readonly string[] | null;
      /** @description Version of the assets that it was routed with; null for posting requests. */
      readonly mappingVersion: string | null;
      readonly postings: readonly components['schemas']['DryPostingView'][];
      readonly ignoredReason: string | null;
      readonly problem: components['schemas']['ProblemView'] | null;
    };
    /** @description One line of what a document does to the books. */
    readonly EffectLineView: {
      /** @description Role of the account, the same for every ERP: `AR`, `CLR`, `FEE`. Empty for an account that has no role in the profile. */
      readonly role: string;
      /** @description Null where the ERP itself determines it. */
      readonly account: string | null;
      readonly debit: components['schemas']['AmountView'] | null;
      readonly credit: components['schemas']['AmountView'] | null;
    };
    /** @description Sums of the debits and the credits of an effect in one currency. */
    readonly EffectTotal: {
      readonly debit: components['schemas']['AmountView'];
      readonly credit: components['schemas']['AmountView'];
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
    /** @description Every answer that is not 2xx. */
    readonly ErrorView: {
      /** @description Stable dotted code (docs/error-codes.md); `Bad Request` and its like where the framework refused. */
      readonly error?: string;
      readonly message: string;
      readonly statusCode?: number;
    };
    /** @description A Stripe event. `deliveries` counts how often it was received; all but the first are duplicates. */
    readonly EventRow: {
      readonly eventId: string;
      readonly type: string | null;
      readonly state: components['schemas']['EventState'];
      readonly reason: string | null;
      readonly deliveries: number;
      readonly firstReceivedAt: string;
    };
    /**
     * @description State of an event: exactly one of these (I2).
     * @enum {string}
     */
    readonly EventState: 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';
    /** @description Answer of `GET /events/:id`: one Stripe event with what became of it. */
    readonly EventView: {
      readonly eventId: string;
      readonly type: string | null;
      readonly state: components['schemas']['EventState'];
      readonly reason: string | null;
      readonly deliveries: number;
      readonly firstReceivedAt: string | null;
      readonly canonical: readonly {
        readonly eventId: string;
        readonly type: string;
        readonly ignoredReason: string | null;
        readonly postings: readonly {
          readonly postingKey: string;
          readonly result: string | null;
        }[];
      }[];
    };
    /** @description Answer of `GET /events`, newest first. */
    readonly EventsPage: {
      readonly events: readonly components['schemas']['EventRow'][];
      readonly next: string | null;
      readonly previous: string | null;
    };
    /** @description Data of a `snapshot` of `GET /feed`. */
    readonly FeedSnapshot: {
      readonly counts: components['schemas']['Counts'];
      readonly stages: components['schemas']['Stages'];
      readonly reconciliation: {
        readonly matched: number;
        readonly missing: number;
        readonly different: number;
        readonly pending: number;
      };
      /** @description The 50 newest. */
      readonly payments: readonly components['schemas']['PaymentView'][];
      readonly overview: components['schemas']['Overview'];
    };
    /** @description One field of an edited value that does not fit. */
    readonly FieldProblem: {
      /** @description `source.eventId`, `lines[2].amount`; empty for the value itself. */
      readonly path: string;
      readonly expected: string;
      readonly found: string;
    };
    /** @description A figure with the list whose rows it counts and sums: a request of recon's API. */
    readonly FigureView: {
      readonly count: number;
      /** @description One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
      readonly amounts: readonly components['schemas']['AmountView'][];
      readonly list: string;
    };
    /**
     * @description What a search found. An open list: a client shows an unknown kind by its name.
     * @enum {string}
     */
    readonly FoundKind: 'payment' | 'customer' | 'event' | 'refund' | 'dispute' | 'payout' | 'movement' | 'document' | 'deadLetter';
    /** @description One object that fits what was searched for. */
    readonly FoundView: {
      readonly kind: components['schemas']['FoundKind'];
      /** @description Id of the object. */
      readonly id: string;
      /** @description One line: an amount, a name of a type, a document number. */
      readonly title: string;
      /** @description The money of it; null: it is about none. */
      readonly amount: components['schemas']['AmountView'] | null;
      /** @description Its state or type, the numbers of a document; null: nothing is known. */
      readonly word: string | null;
      /** @description When it was first heard of; null: not known. */
      readonly at: string | null;
      /** @description Request of recon's API that shows it, or its list. */
      readonly address: string;
    };
    /** @description The field for which a message failed, as far as the failure names one. */
    readonly GuiltyFieldView: {
      /** @description Its name, as the failure has it: `CheckRef`, `charge.amount`. */
      readonly named: string;
      /** @description Its place in the message; null: it is no field of the message, but of the document that a mapping makes of it. */
      readonly path: string | null;
    };
    /** @description An examination that has ended. */
    readonly InstallationExaminationResult: {
      readonly startedAt: string;
      readonly endedAt: string;
      /** @description Name of who asked for it. */
      readonly startedBy: string;
      /** @description What is missing first; no more than 200 are kept. */
      readonly findings: readonly components['schemas']['InstallationFindingView'][];
      /** @description Findings that are not kept. */
      readonly leftOut: number;
    };
    /** @description Answer of `GET /installation/examination`. One examination runs at a time. */
    readonly InstallationExaminationView: {
      /** @description Null: none runs. */
      readonly running: {
        readonly startedAt: string;
        readonly startedBy: string;
      } | null;
      /** @description The last one that ended; null: there was none. */
      readonly last: components['schemas']['InstallationExaminationResult'] | null;
      /** @description Why the last one could not be kept, as a sentence; null: it could, or it still runs. */
      readonly problem: string | null;
    };
    /** @description One thing that an examination of the installation found. */
    readonly InstallationFindingView: {
      /** @description Of docs/installation-findings.md: `topic.missing`, `registry.read-only`. */
      readonly code: string;
      /** @enum {string} */
      readonly level: 'ok' | 'warning' | 'missing' | 'unknown';
      /** @description Topic, group, subject, schema or part. */
      readonly about: string;
      /** @description What is wrong, in one sentence. */
      readonly text: string;
      /** @description What to do, with links in Markdown that are relative to docs/. */
      readonly action: string;
      /** @description Where the code is explained, from the root of the repository. */
      readonly page: string;
    };
    /** @description The clearing accounts of one target. */
    readonly LedgerClearingView: {
      readonly target: string;
      /** @description One per settlement currency, sorted by currency. */
      readonly clearing: readonly components['schemas']['ClearingView'][];
    };
    /**
     * @description Result of comparing what a document was asked to do to the books with the entries that the ERP's ledger has for it (I11). `pending`: it is not in the ledger yet, because it was not read or not released. `missing`: the ERP has no such document any more. `notCompared`: the target does not tell its entries; `text` says why.
     * @enum {string}
     */
    readonly LedgerEffectState: 'matched' | 'different' | 'missing' | 'pending' | 'notCompared';
    /** @description What the ERP's ledger says about a document, beside its requested effect. */
    readonly LedgerEffectView: {
      readonly state: components['schemas']['LedgerEffectState'];
      /** @description What differs and what to do, or why it was not compared; null where there is nothing to add. */
      readonly text: string | null;
      /** @description The ERP's entries; empty where it did not tell any. */
      readonly entries: readonly components['schemas']['EffectLineView'][];
      /** @description When the ledger was read last; null before the first time. */
      readonly checkedAt: string | null;
    };
    /** @description What the ledger of one target has because of a payment. */
    readonly LedgerMoneyView: {
      readonly target: string;
      readonly lines: readonly {
        readonly state: components['schemas']['LedgerEffectState'] | null;
        /**
         * @description An open list: a client shows an unknown one by its name.
         * @enum {string}
         */
        readonly what: 'charged' | 'refunded' | 'disputed' | 'failed' | 'fee' | 'other' | 'receipt' | 'document';
        /** @description More about it: Stripe's category of an `other` movement, the kind of a document. */
        readonly detail: string | null;
        readonly amount: components['schemas']['AmountView'];
        readonly at: string | null;
        readonly source: components['schemas']['MoneySource'] | null;
      }[];
      /** @description What its clearing account got, debit positive: from the entries of the ledger where they are told, else as it was asked for. */
      readonly clearing: components['schemas']['AmountView'] | null;
      /** @description Whether every part of `clearing` was read from the ledger. */
      readonly clearingRead: boolean;
      /** @description Stripe's figure that the clearing account stands for, before fees, which are booked with the payout. */
      readonly expected: components['schemas']['AmountView'] | null;
      /** @description `clearing` - `expected`; null where the two cannot be compared, and `text` says why. */
      readonly difference: components['schemas']['AmountView'] | null;
      readonly text: string | null;
    };
    /** @description A letter that an order does not take, and why. */
    readonly LeftOutLetter: {
      readonly letter: string;
      readonly text: string;
    };
    /** @description Answer of `POST /dead-letters/:id/assignment`. */
    readonly LetterAssignmentView: {
      readonly assignee: components['schemas']['LetterPersonView'] | null;
    };
    /** @description One entry of the audit of a dead letter. */
    readonly LetterAudit: {
      readonly at: string;
      readonly order: string;
      readonly done: string;
      readonly by: string;
      readonly reason: string;
      /** @description Digest of the bytes before and after. */
      readonly before: string | null;
      readonly after: string | null;
    };
    /** @description Answer of `GET /dead-letters/:id/case`: all about a dead letter but what its message holds. */
    readonly LetterCase: {
      readonly letter: components['schemas']['LetterView'];
      readonly deadLetterTopic: string;
      readonly traceId: string | null;
      readonly lastFailureAt: string | null;
      /** @description Whether the bytes of the message are stored. */
      readonly kept: boolean;
      readonly question: components['schemas']['LetterQuestionView'] | null;
      readonly guilty: components['schemas']['GuiltyFieldView'] | null;
      /** @description The first messages that are parked behind it, in order; `letter.parkedBehind` counts all. */
      readonly parked: readonly components['schemas']['ParkedView'][];
      /** @description All dead letters of the same message, oldest first; the letter itself is one of them. */
      readonly generations: readonly components['schemas']['LetterGenerationView'][];
      /** @description The newest order that has it, or had it when it was closed; null: none. */
      readonly order: components['schemas']['LetterOrderView'] | null;
      /** @description What was ordered about it, oldest first. */
      readonly audit: readonly components['schemas']['LetterAudit'][];
      /** @description Oldest first. */
      readonly comments: readonly components['schemas']['LetterCommentView'][];
    };
    /** @description A comment on a dead letter. */
    readonly LetterCommentView: {
      readonly id: string;
      /** @description ISO 8601. */
      readonly at: string;
      readonly by: components['schemas']['LetterPersonView'];
      /** @description Null: it was deleted, by age or with the data of a customer. */
      readonly text: string | null;
    };
    /** @description A dead letter with what its message contains. */
    readonly LetterDetail: {
      readonly id: string;
      /** @description `open`, `ordered`, `closed`. */
      readonly state: string;
      /** @description How it was closed: `replayed`, `skipped`, `resolved`, `dead-again`, `not-applicable`. */
      readonly result: string | null;
      readonly cause: string;
      readonly text: string | null;
      readonly held: boolean;
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
      readonly offset: string;
      readonly sequence: string;
      readonly eventType: string | null;
      readonly messageId: string;
      readonly eventId: string;
      readonly attempts: number | null;
      readonly firstFailureAt: string | null;
      readonly deadAt: string;
      readonly closedAt: string | null;
      readonly money: components['schemas']['AmountView'] | null;
      readonly parkedBehind: number;
      /** @description Who looks after it; null: nobody. */
      readonly assignee: components['schemas']['LetterPersonView'] | null;
      /** @description What it asks a person; null: nothing, or it cannot be read. */
      readonly question: components['schemas']['LetterQuestionView'] | null;
      /** @description How often its message was dead-lettered before: a replay failed each time. */
      readonly replays: number;
      /** @description The letter of its message before this one; null: it is the first. */
      readonly previous: string | null;
      readonly deadLetterTopic: string;
      readonly key: string;
      readonly headers: {
        readonly [key: string]: string;
      };
      readonly traceId: string | null;
      readonly schema: {
        readonly id: number;
        readonly name: string;
      } | null;
      /** @description As it can be edited; null where the bytes cannot be read. */
      readonly value: unknown;
      readonly problem: string | null;
      readonly bytes: {
        readonly length: number;
        readonly base64: string;
      };
      readonly audit: readonly components['schemas']['LetterAudit'][];
    };
    /** @description One of the dead letters of the same message, which was dead-lettered again after each replay. */
    readonly LetterGenerationView: {
      readonly id: string;
      readonly cause: string;
      readonly deadAt: string;
      readonly attempts: number | null;
      /** @description `open`, `ordered`, `closed`. */
      readonly state: string;
      /** @description What came of it; null while it is not closed. */
      readonly result: string | null;
      readonly closedAt: string | null;
    };
    /** @description Answer of `GET /dead-letters/:id/message`: what the message of a dead letter holds, decoded, without its bytes. */
    readonly LetterMessage: {
      readonly id: string;
      readonly key: string;
      readonly headers: {
        readonly [key: string]: string;
      };
      /** @description Null: the message is JSON, or could not be read. */
      readonly schema: components['schemas']['LetterSchemaView'] | null;
      /** @description As it can be edited; null where the bytes cannot be read. */
      readonly value: unknown;
      /** @description Why the value cannot be shown, or not in full. */
      readonly problem: string | null;
      /** @description Bytes of the message. */
      readonly length: number;
    };
    /** @description The order that a letter is in, and whose it is. */
    readonly LetterOrderView: {
      readonly id: string;
      readonly action: components['schemas']['OrderAction'];
      readonly by: string;
      readonly reason: string;
      readonly orderedAt: string;
    };
    /** @description A person as a dead letter names them: the subject of their identity, and their name at that time. */
    readonly LetterPersonView: {
      /** @description `person:<id>`. */
      readonly subject: string;
      readonly name: string;
    };
    /** @description The question that a held dead letter asks, by its stable code, and the answers that it offers. */
    readonly LetterQuestionView: {
      readonly code: string;
      readonly answers: readonly string[];
    };
    /** @description The schema that a message was written with. */
    readonly LetterSchemaView: {
      readonly id: number;
      readonly name: string;
      /** @description Its version in the subject of the topic; null: the registry does not say. */
      readonly version: number | null;
      /** @description Whether messages of this type are written with this schema today; false: with a later version. */
      readonly isCurrent: boolean;
      readonly doc: string | null;
      readonly fields: readonly components['schemas']['SchemaFieldView'][];
    };
    /** @description Answer of `GET /dead-letters/totals`: the letters that a filter selects. */
    readonly LetterTotalsView: {
      readonly count: number;
      /** @description One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
      readonly amounts: readonly components['schemas']['AmountView'][];
      readonly sequences: number;
      /** @description Messages parked behind them. */
      readonly parkedBehind: number;
      readonly oldestAt: string | null;
    };
    /** @description A message taken out of processing. */
    readonly LetterView: {
      readonly id: string;
      /** @description `open`, `ordered`, `closed`. */
      readonly state: string;
      /** @description How it was closed: `replayed`, `skipped`, `resolved`, `dead-again`, `not-applicable`. */
      readonly result: string | null;
      readonly cause: string;
      readonly text: string | null;
      readonly held: boolean;
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
      readonly offset: string;
      readonly sequence: string;
      readonly eventType: string | null;
      readonly messageId: string;
      readonly eventId: string;
      readonly attempts: number | null;
      readonly firstFailureAt: string | null;
      readonly deadAt: string;
      readonly closedAt: string | null;
      readonly money: components['schemas']['AmountView'] | null;
      readonly parkedBehind: number;
      /** @description Who looks after it; null: nobody. */
      readonly assignee: components['schemas']['LetterPersonView'] | null;
      /** @description What it asks a person; null: nothing, or it cannot be read. */
      readonly question: components['schemas']['LetterQuestionView'] | null;
      /** @description How often its message was dead-lettered before: a replay failed each time. */
      readonly replays: number;
      /** @description The letter of its message before this one; null: it is the first. */
      readonly previous: string | null;
    };
    /** @description A page of dead letters, oldest first. */
    readonly LettersPage: {
      readonly deadLetters: readonly components['schemas']['LetterView'][];
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first one. */
      readonly previous: string | null;
    };
    /** @description A limit that a service keeps to. */
    readonly LimitView: {
      /** @description Name of its variable; of a limit that cannot be set, its name in words. */
      readonly name: string;
      readonly value: string;
      /** @description What it limits, with its unit. */
      readonly text: string;
      /** @description True: it is what the service brings, nobody has set it. */
      readonly isDefault: boolean;
    };
    /** @description Answer of `GET /events/totals` and its like: how many rows a filter selects, and of which kinds. */
    readonly ListTotals: {
      readonly count: number;
      /** @description Most frequent first, at most 20. */
      readonly kinds: readonly {
        readonly name: string;
        readonly count: number;
      }[];
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
    /** @description One field of a decoded message, in the order of its schema. */
    readonly MessageFieldView: {
      /** @description `amount.minor`, `lines[0].quantity`, `metadata.order`. */
      readonly path: string;
      /** @description `string`, `long`, `string or null`, a name of a record. */
      readonly type: string;
      /** @description What the number means: minor units, milliseconds since 1970. */
      readonly meaning: string | null;
      readonly doc: string | null;
      /** @description As text; null where there is none, and where it is masked. */
      readonly value: string | null;
      /** @description True: it has a value that whoever asks may not read. */
      readonly masked: boolean;
    };
    /** @description `GET /messages/:id/fixture`: a raw event that tests can use. */
    readonly MessageFixtureView: {
      readonly eventId: string;
      readonly fileName: string;
      /** @description JSON text of the event. */
      readonly body: string;
      /** @description Fields whose value is a stand-in. */
      readonly replaced: readonly string[];
    };
    /**
     * @description What a message is: a webhook as it arrived, a canonical fact, a posting request, or the outcome of one.
     * @enum {string}
     */
    readonly MessageKind: 'raw' | 'canonical' | 'request' | 'outcome';
    /** @description A message of the same chain. */
    readonly MessageLink: {
      readonly id: string;
      readonly kind: components['schemas']['MessageKind'];
      /** @description Event type: of Stripe for a raw event, of the catalogue for everything else. */
      readonly type: string | null;
      readonly at: string | null;
      /** @description Posting key, of requests and outcomes. */
      readonly postingKey: string | null;
      /** @description Result, of outcomes; why it was ignored, of facts. */
      readonly result: string | null;
    };
    /** @description `GET /messages/:id/record`: the record of the topic, decoded with the schema it was written with. */
    readonly MessageRecordView: {
      /**
       * @description Where it comes from: its topic, a translation of the raw event made now, or nowhere.
       * @enum {string}
       */
      readonly source: 'topic' | 'translation' | 'none';
      /** @description Why it is not shown as it stands in the topic. */
      readonly problem: {
        readonly code: string;
        readonly text: string;
      } | null;
      readonly topic: string;
      readonly partition: number | null;
      readonly offset: string | null;
      readonly key: string | null;
      readonly writtenAt: string | null;
      readonly bytes: number | null;
      readonly headers: readonly {
        readonly name: string;
        readonly value: string;
      }[];
      readonly schema: components['schemas']['MessageSchemaView'] | null;
      readonly fields: readonly components['schemas']['MessageFieldView'][];
      /** @description More fields than are shown. */
      readonly cut: boolean;
      /** @description The body of a raw event as it is stored; null for whoever may not read payloads. */
      readonly body: string | null;
      /** @description True: texts are masked, because whoever asks may not read payloads. */
      readonly masked: boolean;
    };
    /** @description The schema that a message was written with. */
    readonly MessageSchemaView: {
      /** @description Id in the registry; null for what was translated just now. */
      readonly id: number | null;
      readonly record: string;
      /** @description Subject and version in the registry; null where it did not say. */
      readonly subject: string | null;
      readonly version: number | null;
      /** @description Compatibility that the registry enforces for the subject. */
      readonly compatibility: string | null;
      /** @description Whether it is the schema that recon itself was built with. */
      readonly current: boolean;
    };
    /** @description `GET /messages/:id`: one message, and the chain it belongs to. */
    readonly MessageView: {
      readonly id: string;
      readonly kind: components['schemas']['MessageKind'];
      /** @description Event type: of Stripe for a raw event, of the catalogue for everything else. */
      readonly type: string | null;
      readonly at: string | null;
      /** @description Posting key, of requests and outcomes. */
      readonly postingKey: string | null;
      /** @description Result, of outcomes; why it was ignored, of facts. */
      readonly result: string | null;
      readonly topic: string;
      /** @description Target whose message it is; null where it belongs to none. */
      readonly target: string | null;
      /** @description The Stripe event that the chain begins with. */
      readonly eventId: string;
      /** @description The charge that the event is about. */
      readonly chargeId: string | null;
      /** @description Deliveries of a raw event, oldest first; all but the first are duplicates. */
      readonly deliveries: readonly {
        readonly partition: number;
        readonly offset: string;
        readonly endpoint: string | null;
        readonly receivedAt: string;
      }[];
      readonly chain: {
        readonly raw: components['schemas']['MessageLink'] | null;
        readonly canonical: readonly components['schemas']['MessageLink'][];
        readonly requests: readonly components['schemas']['MessageLink'][];
        readonly outcomes: readonly components['schemas']['MessageLink'][];
      };
    };
    /** @description One change of an edit that is about money, as texts: an order with it waits for a second person. */
    readonly MoneyChangeView: {
      readonly path: string;
      readonly before: string;
      readonly after: string;
    };
    /** @description One figure on the way from gross to net. What leaves is negative. */
    readonly MoneyLineView: {
      /**
       * @description An open list: a client shows an unknown one by its name.
       * @enum {string}
       */
      readonly what: 'charged' | 'refunded' | 'disputed' | 'failed' | 'fee' | 'other' | 'receipt' | 'document';
      /** @description More about it: Stripe's category of an `other` movement, the kind of a document. */
      readonly detail: string | null;
      readonly amount: components['schemas']['AmountView'];
      readonly at: string | null;
      readonly source: components['schemas']['MoneySource'] | null;
    };
    /** @description Where a figure comes from. */
    readonly MoneySource:
      | {
          /** @constant */
          readonly kind: 'movement';
          readonly id: string;
        }
      | {
          /** @constant */
          readonly kind: 'document';
          readonly postingKey: string;
        }
      | {
          /** @constant */
          readonly kind: 'event';
          readonly eventId: string;
        };
    /** @description One movement of Stripe's balance (a balance transaction), in settlement currency. */
    readonly MovementView: {
      readonly id: string;
      readonly type: string;
      /** @description Stripe's reporting category; empty when Stripe reports none. */
      readonly category: string;
      readonly at: string;
      readonly gross: components['schemas']['AmountView'];
      readonly fee: components['schemas']['AmountView'];
      readonly net: components['schemas']['AmountView'];
      /** @description What it adds to the figure of the kind that was asked for; `net` without a kind. */
      readonly counted: components['schemas']['AmountView'];
      /** @description Id of the charge, refund, dispute or payout that it is about. */
      readonly about: string | null;
      /** @description The payout that took it to the bank; null: none has, or Stripe does not tell. */
      readonly payoutId: string | null;
    };
    /** @description Answer of `GET /movements`, newest first. */
    readonly MovementsPage: {
      readonly movements: readonly components['schemas']['MovementView'][];
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first. */
      readonly previous: string | null;
    };
    /** @description The level of some loggers. */
    readonly NamedLogLevelView: {
      /** @description Beginning of the names of the loggers that are meant, in any case. */
      readonly logger: string;
      readonly level: string;
      /** @description When it ends; null: never, it is that of the configuration (LOG_LEVELS). */
      readonly until: string | null;
    };
    /**
     * @description What Stripe reported about a charge after its payment. An open list: a client shows an unknown kind by its title.
     * @enum {string}
     */
    readonly NewsKind:
      | 'failed'
      | 'refund'
      | 'refund-updated'
      | 'refund-failed'
      | 'dispute'
      | 'dispute-updated'
      | 'dispute-withdrawn'
      | 'dispute-reinstated'
      | 'dispute-closed';
    /** @description One report of Stripe about a charge after its payment. */
    readonly NewsView: {
      readonly at: string;
      readonly kind: components['schemas']['NewsKind'];
      readonly amount: components['schemas']['AmountView'] | null;
      /** @description One sentence: "Stripe took back 990.00 USD". */
      readonly title: string;
      readonly text: string | null;
      readonly eventId: string;
    };
    /** @description One message to one route, as it went out or will. */
    readonly NotificationDeliveryView: {
      readonly route: string;
      readonly kind: components['schemas']['NotificationMessageKind'];
      /**
       * @description `given-up`: every attempt failed, and no other follows.
       * @enum {string}
       */
      readonly state: 'waiting' | 'sent' | 'given-up';
      readonly attempts: number;
      readonly createdAt: string;
      /** @description When it was sent or given up; null while it waits. */
      readonly endedAt: string | null;
      /** @description When the next attempt is made; null when none is. */
      readonly nextAt: string | null;
      /** @description Why the last attempt failed; null when none did. */
      readonly problem: string | null;
    };
    /**
     * @description What a message is about: a condition began, lasts, or ended; or somebody tries a route.
     * @enum {string}
     */
    readonly NotificationMessageKind: 'fired' | 'reminder' | 'cleared' | 'test';
    /** @description Where messages go. Secrets, and the path of an address, which may hold one, are not shown. */
    readonly NotificationRouteView: {
      readonly name: string;
      /** @enum {string} */
      readonly kind: 'webhook' | 'mail';
      readonly severities: readonly components['schemas']['NotificationSeverity'][];
      /** @description Origin of a webhook, or the mail addresses. */
      readonly to: string;
      readonly waiting: number;
      readonly sent: number;
      readonly givenUp: number;
      readonly lastSentAt: string | null;
      /** @description Why the last attempt that failed did, when none succeeded since. */
      readonly problem: string | null;
      /** @description The last test of the route; null: there was none. */
      readonly test: components['schemas']['NotificationDeliveryView'] | null;
    };
    /** @description Answer of `GET /notification-routes`. */
    readonly NotificationRoutesView: {
      readonly routes: readonly components['schemas']['NotificationRouteView'][];
    };
    /**
     * @description How urgent a condition is: the severities of the alerts for Prometheus.
     * @enum {string}
     */
    readonly NotificationSeverity: 'critical' | 'warning';
    /** @description One condition that holds, or held. */
    readonly NotificationView: {
      readonly id: string;
      /** @description Code of the condition, as docs/how-to/notifications.md lists them. */
      readonly condition: string;
      /** @description What it is about among others of its condition: a cause, a target, a currency; null: there is one only. */
      readonly about: string | null;
      readonly target: string | null;
      readonly severity: components['schemas']['NotificationSeverity'];
      /** @enum {string} */
      readonly state: 'firing' | 'acknowledged' | 'cleared';
      /** @description One sentence, without amounts and without anything about a person. */
      readonly text: string;
      readonly count: number;
      /** @description Since when it holds; ISO 8601. */
      readonly since: string;
      readonly firedAt: string;
      readonly clearedAt: string | null;
      readonly remindedAt: string | null;
      readonly acknowledged: {
        readonly at: string;
        readonly by: string;
        readonly reason: string;
      } | null;
      /** @description What to do: a page of the documentation. */
      readonly runbook: string;
      /** @description Page of the console that lists what is counted; null: there is none. */
      readonly page: string | null;
      /** @description Newest messages about it, newest first. */
      readonly deliveries: readonly components['schemas']['NotificationDeliveryView'][];
    };
    /** @description Answer of `GET /notifications`, newest first. */
    readonly NotificationsPage: {
      /** @description False: no routes are configured, and nothing is watched. */
      readonly watching: boolean;
      readonly notifications: readonly components['schemas']['NotificationView'][];
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first one. */
      readonly previous: string | null;
    };
    /** @description Something that somebody has to look at: how many, how much, and the list that it counts. */
    readonly OpenItem: {
      readonly count: number;
      /** @description One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
      readonly amounts: readonly components['schemas']['AmountView'][];
      /** @enum {string} */
      readonly what: 'needsPerson' | 'different' | 'missing' | 'deadLetters' | 'parked' | 'stuck' | 'ledgerEffects';
      /** @description Request of this API whose rows are counted. */
      readonly list: string;
    };
    /**
     * @description What an operator decides about dead letters.
     * @enum {string}
     */
    readonly OrderAction: 'replay' | 'skip' | 'resolve';
    /** @description An edit of a letter. Values of fields that are no money are not shown: they may be a person's name or address. */
    readonly OrderEditView: {
      readonly letter: string;
      /** @description Paths of all fields that differ. */
      readonly fields: readonly string[];
      readonly money: readonly {
        readonly path: string;
        readonly before: string;
        readonly after: string;
      }[];
    };
    /** @description What an order would be, from `POST /dead-letter-orders/preview`: nothing is ordered. */
    readonly OrderPreview: {
      readonly letters: number;
      readonly sequences: number;
      /** @description Sums of the letters, one per currency. */
      readonly money: readonly components['schemas']['AmountView'][];
      /** @description Letters whose amount is not known. */
      readonly withoutMoney: number;
      /** @description Ledgers that it is about; empty for facts and raw events. */
      readonly targets: readonly string[];
      /** @description Why a second person has to approve it, as sentences; empty: nobody has to. */
      readonly waitsFor: readonly string[];
      /** @description Letters that fit and would stay as they are: a ledger does not show what is said to be in it. */
      readonly leftOut: readonly components['schemas']['LeftOutLetter'][];
    };
    /** @description An operator's order about dead letters and how far it is. */
    readonly OrderView: {
      readonly id: string;
      readonly action: components['schemas']['OrderAction'];
      readonly scope: string;
      /**
       * @description `waiting-approval`: a second person has to decide; `refused`: they did; `expired`: nobody did in time. `paused`: nothing is dispatched until somebody continues it.
       * @enum {string}
       */
      readonly state: 'waiting-approval' | 'running' | 'paused' | 'cancelling' | 'cancelled' | 'done' | 'refused' | 'expired';
      readonly total: number;
      readonly pending: number;
      /** @description Dispatched and not answered yet. */
      readonly given: number;
      readonly done: number;
      /** @description Dead-lettered again, or refused: a message that no broker takes. */
      readonly failed: number;
      /** @description Not dispatched: cancelled, or an earlier message of the sequence was dead-lettered again. */
      readonly stopped: number;
      readonly results: {
        readonly [key: string]: number;
      };
      readonly reason: string;
      readonly by: string;
      readonly ratePerSecond: number;
      readonly orderedAt: string;
      readonly endedAt: string | null;
      readonly cancelledBy: string | null;
      /** @description Who paused it, while it is paused. */
      readonly pausedBy: string | null;
      readonly pauseReason: string | null;
      /** @description Subject of who gave it; null for orders of before people signed in. */
      readonly subject: string | null;
      /** @description Ledgers that it is about; empty for facts and raw events. */
      readonly targets: readonly string[];
      /** @description Why a second person has to approve it, as sentences; empty: nobody has to. */
      readonly waitsFor: readonly string[];
      /** @description What it changes in its letter before it is replayed; null: nothing. */
      readonly edit: components['schemas']['OrderEditView'] | null;
      /** @description Hash over what it asks for and over its letters: an approval names it. */
      readonly contentHash: string | null;
      /** @description Until when it waits for an approval, or until when the approval holds. */
      readonly expiresAt: string | null;
      readonly approvedBy: string | null;
      readonly approvalReason: string | null;
      readonly refusedBy: string | null;
      readonly refusalReason: string | null;
      /** @description Why it was stopped before its end: `order.author-lost-right`, `order.approval-expired`. */
      readonly stopCode: string | null;
    };
    /** @description One letter of an order. */
    readonly OrderedLetter: {
      readonly letter: string;
      readonly sequence: string;
      readonly cause: string;
      readonly group: string;
      readonly topic: string;
      /** @description `pending`, `given`: dispatched and not answered, `closed`, `stopped`: not dispatched. */
      readonly state: string;
      /** @description What came of it; null while nothing did. */
      readonly result: string | null;
      readonly closedAt: string | null;
      readonly money: components['schemas']['AmountView'] | null;
      /** @description Keys of the document that stands for it, where its ledger told them; null: none. */
      readonly document: {
        readonly [key: string]: string;
      } | null;
      /** @description The newest letter of the same message, where it was dead-lettered again. */
      readonly again: string | null;
    };
    /** @description Answer of `GET /dead-letter-orders/:id/letters`. */
    readonly OrderedLettersPage: {
      readonly letters: readonly components['schemas']['OrderedLetter'][];
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first one. */
      readonly previous: string | null;
    };
    /** @description Answer of `GET /dead-letter-orders`, newest first. */
    readonly OrdersView: {
      readonly orders: readonly components['schemas']['OrderView'][];
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first one. */
      readonly previous: string | null;
      /** @description All orders that fit, of every page, and how many of them have not ended. */
      readonly total: {
        readonly count: number;
        readonly underWay: number;
      };
    };
    /** @description A row of `GET /outcomes`: how a posting request ended. */
    readonly OutcomeRow: {
      readonly outcomeId: string;
      readonly postingKey: string;
      readonly target: string;
      readonly kind: string;
      readonly result: string;
      readonly code: string | null;
      readonly attempts: number | null;
      readonly eventId: string;
      readonly concludedAt: string;
    };
    /** @description Answer of `GET /outcomes`, newest first. */
    readonly OutcomesPage: {
      readonly outcomes: readonly components['schemas']['OutcomeRow'][];
      readonly next: string | null;
      readonly previous: string | null;
    };
    /** @description Answer of `GET /overview`. */
    readonly Overview: {
      readonly asOf: string;
      /** @description True when `open` is empty. */
      readonly allClear: boolean;
      readonly open: readonly components['schemas']['OpenItem'][];
      readonly standings: {
        readonly inLedger: components['schemas']['SumView'];
        readonly onItsWay: components['schemas']['SumView'];
        readonly needsPerson: components['schemas']['SumView'];
        readonly notBooked: components['schemas']['SumView'];
        readonly failedAtStripe: components['schemas']['SumView'];
      };
      readonly reconciliation: {
        readonly matched: components['schemas']['SumView'];
        readonly missing: components['schemas']['SumView'];
        readonly different: components['schemas']['SumView'];
        readonly pending: components['schemas']['SumView'];
      };
      /** @description Money of dead letters that are not closed, and of messages parked behind them. */
      readonly moneyAtRisk: {
        readonly waitingBehind: components['schemas']['SumView'];
        readonly count: number;
        /** @description One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
        readonly amounts: readonly components['schemas']['AmountView'][];
      };
      /** @description By target. */
      readonly written: {
        readonly [key: string]: components['schemas']['Written'];
      };
    };
    /** @description Answer of `GET /dead-letters/parked`. */
    readonly ParkedPage: {
      readonly parked: readonly components['schemas']['ParkedView'][];
      readonly next: string | null;
      readonly previous: string | null;
    };
    /** @description A message parked behind a failed one of its sequence. */
    readonly ParkedView: {
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
      readonly offset: string;
      readonly sequence: string;
      readonly messageId: string;
      readonly eventId: string;
      /** @description Error code of the message that it waits behind. */
      readonly behind: string;
      readonly parkedAt: string;
      readonly money: components['schemas']['AmountView'] | null;
    };
    /** @description Answer of `GET /payments/:chargeId`. */
    readonly PaymentDetail: {
      readonly payment: components['schemas']['PaymentView'];
      /** @description Where the charge stands, all of its captures together. */
      readonly status: components['schemas']['PaymentStatusView'];
      readonly money: components['schemas']['PaymentMoneyView'];
      /** @description Account of Stripe that the event came from; null: the one that the webhook belongs to. */
      readonly account: string | null;
      /** @description Every capture of the charge, first one first. */
      readonly captures: readonly components['schemas']['PaymentView'][];
      /** @description Steps of all captures, oldest first. */
      readonly steps: readonly components['schemas']['StepView'][];
      /** @description Every document that was requested because of the charge and of what Stripe reported about it later, oldest first. */
      readonly documents: readonly components['schemas']['DocumentView'][];
    };
    /** @description A payment from what the customer paid to what reached the bank, and what the ledgers have of it. */
    readonly PaymentMoneyView: {
      /** @description In the currency of the charge: what was charged, and what was taken back of it. */
      readonly charge: {
        readonly lines: readonly components['schemas']['MoneyLineView'][];
        readonly kept: components['schemas']['AmountView'] | null;
      };
      /** @description The settlement currency is another one: what Stripe credited for what was charged, and the rate that this makes. */
      readonly conversion: {
        readonly from: components['schemas']['AmountView'];
        readonly to: components['schemas']['AmountView'];
        readonly rate: string | null;
      } | null;
      /** @description Per settlement currency; empty while no movement is known. */
      readonly balance: readonly components['schemas']['BalanceMoneyView'][];
      readonly payouts: readonly components['schemas']['PayoutShareView'][];
      /** @description Why there is no payout, or what is not known of the movements; null where there is nothing to add. */
      readonly balanceText: string | null;
      readonly ledgers: readonly components['schemas']['LedgerMoneyView'][];
    };
    /**
     * @description How far the receipt of a payment has come.
     * @enum {string}
     */
    readonly PaymentStage: 'canonical' | 'requested' | 'posted' | 'released';
    /** @description Where a payment stands, in one sentence. Its tone is that of its most urgent clause; an open one comes first. */
    readonly PaymentStatusView: {
      readonly tone: components['schemas']['StatusTone'];
      /** @description At least one. */
      readonly clauses: readonly components['schemas']['StatusClauseView'][];
    };
    /** @description One captured charge, or one of its captures. */
    readonly PaymentView: {
      /** @description Id of the charge; the id of the event where the charge could not be read. */
      readonly chargeId: string;
      /** @description Which capture of the charge; null for the first or only one. */
      readonly part: string | null;
      readonly paymentId: string;
      readonly eventId: string;
      readonly customerId: string | null;
      readonly customerName: string | null;
      /** @description Null where it could not be read. */
      readonly amount: components['schemas']['AmountView'] | null;
      readonly receivedAt: string;
      readonly stage: components['schemas']['PaymentStage'];
      /** @description State of the event that reported the payment. */
      readonly state: components['schemas']['EventState'];
      readonly reason: string | null;
      readonly standing: components['schemas']['Standing'];
      /** @description One plain sentence. */
      readonly standingReason: string | null;
      readonly settlement: components['schemas']['SettlementView'] | null;
      readonly reconciliation: components['schemas']['ReconciliationState'];
      /** @description Why the ledger differs, or what is not proven; null where there is nothing to add. */
      readonly reconciliationText: string | null;
      readonly reconciliationBasis: components['schemas']['ReconciliationBasis'] | null;
      readonly ledgerAmount: components['schemas']['AmountView'] | null;
      readonly reference: {
        readonly [key: string]: string;
      } | null;
      readonly news: readonly components['schemas']['NewsView'][];
      /** @description Fields whose values were masked on arrival because they held card numbers. */
      readonly masked: readonly string[];
    };
    /** @description A page of payments, newest first. */
    readonly PaymentsPage: {
      readonly payments: readonly components['schemas']['PaymentView'][];
      /** @description Cursor of the next page; null on the last one. */
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first. */
      readonly previous: string | null;
    };
    /** @description A payout that took movements of a payment to the bank. */
    readonly PayoutShareView: {
      readonly payoutId: string;
      /** @description Balance transaction of the payout; null while it is not known. */
      readonly movementId: string | null;
      readonly at: string | null;
      /** @description What of this payment is in it, net. */
      readonly share: components['schemas']['AmountView'];
      /** @description The whole payout; null while its own movement is not known. */
      readonly total: components['schemas']['AmountView'] | null;
    };
    /** @description A posting request and its outcome. */
    readonly PostingRow: {
      readonly requestId: string;
      readonly postingKey: string;
      readonly target: string;
      readonly kind: string;
      readonly eventId: string;
      readonly result: string | null;
      readonly requestedAt: string | null;
    };
    /** @description The rule that a document was requested by. */
    readonly PostingRuleView: {
      readonly flow: string;
      /** @description Version of all assets together. */
      readonly mappingVersion: string;
      /** @description Step of the flow; null where the rules of this version are not loaded. */
      readonly step: string | null;
      readonly place: components['schemas']['AssetPlace'] | null;
      readonly mapping: string | null;
      readonly lines: readonly components['schemas']['RuleLineView'][];
      /** @description Why there are no places; null where there are. */
      readonly text: string | null;
    };
    /** @description Answer of `GET /postings` of recon, newest first. */
    readonly PostingsPage: {
      readonly postings: readonly components['schemas']['PostingRow'][];
      readonly next: string | null;
      readonly previous: string | null;
    };
    /** @description Why something cannot be done, by its stable error code. */
    readonly ProblemView: {
      readonly code: string;
      readonly text: string;
    };
    /**
     * @description What a comparison rests on: Stripe's balance transaction, or only the amount that this pipeline read from the charge itself. The latter proves that the ledger has what was sent to it, not that Stripe credited it.
     * @enum {string}
     */
    readonly ReconciliationBasis: 'balance-transaction' | 'our-reading';
    /** @description One payment compared with the ledger. */
    readonly ReconciliationItem: {
      readonly chargeId: string;
      readonly part: string | null;
      /** @description Null where no receipt was requested. */
      readonly postingKey: string | null;
      readonly state: components['schemas']['ReconciliationState'];
      readonly basis: components['schemas']['ReconciliationBasis'] | null;
      readonly text: string | null;
      readonly stripe: components['schemas']['AmountView'] | null;
      readonly settlement: components['schemas']['SettlementView'] | null;
      readonly target: components['schemas']['AmountView'] | null;
      readonly checkedAt: string | null;
      readonly reference: {
        readonly [key: string]: string;
      } | null;
    };
    /** @description Answer of `GET /reconciliation`. */
    readonly ReconciliationPage: {
      readonly summary: {
        readonly matched: number;
        readonly missing: number;
        readonly different: number;
        readonly pending: number;
      };
      readonly items: readonly components['schemas']['ReconciliationItem'][];
      readonly next: string | null;
    };
    /**
     * @description Result of comparing Stripe with the ledger.
     * @enum {string}
     */
    readonly ReconciliationState: 'matched' | 'missing' | 'different' | 'pending';
    /** @description One line of a document's effect, with the line of the profile that names its account. */
    readonly RuleLineView: {
      readonly role: string;
      /** @enum {string} */
      readonly side: 'debit' | 'credit';
      readonly amount: components['schemas']['AmountView'];
      /** @description Null where the ERP itself determines it. */
      readonly account: string | null;
      /** @description Null where the ERP determines the account, and where the rules of this version are not loaded. */
      readonly place: components['schemas']['AssetPlace'] | null;
    };
    /** @description What a field of a schema means. */
    readonly SchemaFieldView: {
      /** @description `amount.minor`, `lines[].amount`. */
      readonly path: string;
      readonly type: string;
      readonly doc: string | null;
    };
    /** @description Answer of `GET /search?q=` and of `POST /search` with `{ q }`, the best first. */
    readonly SearchView: {
      /** @description What was searched for, without blanks around it; of a `traceparent` its trace. */
      readonly q: string;
      /**
       * @description How it was understood: `id`, `amount`, `email`, `text`.
       * @enum {string}
       */
      readonly as: 'id' | 'amount' | 'email' | 'text';
      readonly found: readonly components['schemas']['FoundView'][];
      /** @description True: there are more than are listed. */
      readonly more: boolean;
      /** @description What is not searched, as a sentence; null: nothing to say. */
      readonly hint: string | null;
    };
    /** @description A secret, by reference: what it is called and where it comes from. Never what it is. */
    readonly SecretView: {
      /** @description Name of its variable. */
      readonly name: string;
      /** @description What it is for. */
      readonly text: string;
      /** @enum {string} */
      readonly from: 'file' | 'environment' | 'not set';
      /** @description When it was last read; null: it was not read yet, or does not change while the service runs. */
      readonly readAt: string | null;
    };
    /** @description A sequence that stands still: its dead letters that are not closed, and what is parked behind them. */
    readonly SequenceView: {
      readonly group: string;
      /** @description Topic from which its messages were read. */
      readonly topic: string;
      readonly sequence: string;
      /** @description Id of the first of its letters: what has to be dealt with first. */
      readonly head: string;
      /** @description Stable error code of the head. */
      readonly cause: string;
      /** @description Text of the head. */
      readonly text: string | null;
      /** @description True: a person has to look into the target for one of them. */
      readonly held: boolean;
      readonly letters: number;
      /** @description Letters of an unfinished order. */
      readonly ordered: number;
      readonly parkedBehind: number;
      readonly money: readonly components['schemas']['AmountView'][];
      readonly oldestAt: string;
      /** @description Who looks after the first of its letters that somebody looks after; null: nobody. */
      readonly assignee: components['schemas']['LetterPersonView'] | null;
      /** @description Who looks after the head itself, which is what an assignment replaces; null: nobody. */
      readonly headAssignee: components['schemas']['LetterPersonView'] | null;
      /** @description How often the message of the head was dead-lettered before: a replay failed each time. */
      readonly replays: number;
      /** @description Request of this API that lists the letters. */
      readonly list: string;
    };
    /** @description Answer of `GET /dead-letters/sequences`, the longest waiting first. */
    readonly SequencesPage: {
      readonly sequences: readonly components['schemas']['SequenceView'][];
      readonly next: string | null;
      /** @description Cursor of the page before; null on the first one. */
      readonly previous: string | null;
    };
    /** @description Answer of `GET /service-settings` of recon and of the console. */
    readonly ServiceSettingsView: {
      readonly service: string;
      /** @description Version of the release. */
      readonly version: string;
      /** @description Commit that it was built from; null: not known here. */
      readonly commit: string | null;
      /** @description SPDX expression. */
      readonly licence: string;
      /** @description Newest migration of its tables; null: it keeps none. */
      readonly schemaVersion: string | null;
      readonly startedAt: string;
      readonly limits: readonly components['schemas']['LimitView'][];
      readonly secrets: readonly components['schemas']['SecretView'][];
    };
    /** @description Stripe's balance transaction of a capture, in settlement currency. */
    readonly SettlementView: {
      readonly gross: components['schemas']['AmountView'];
      readonly fee: components['schemas']['AmountView'];
      readonly net: components['schemas']['AmountView'];
      /** @constant */
      readonly basis: 'balance-transaction';
    };
    /** @description One stage of the pipeline: deliveries, canonical facts, posting requests, outcomes with a document. */
    readonly StageView: {
      /** @enum {string} */
      readonly name: 'accepted' | 'canonical' | 'requested' | 'posted';
      readonly total: number;
      readonly perMinute: number;
      /** @description Records of this stage on their way to the next one; never what is dead-lettered, held, skipped or closed. */
      readonly lag: number;
    };
    /** @description Answer of `GET /stages`. */
    readonly Stages: {
      readonly asOf: string;
      readonly stages: readonly components['schemas']['StageView'][];
    };
    /**
     * @description Standing of a captured charge, exactly one: in the ledger and nothing contradicts it; being worked on; needs a person (held, dead-lettered, parked, a break, bad news about booked money); deliberately not booked; no money came, says Stripe.
     * @enum {string}
     */
    readonly Standing: 'inLedger' | 'onItsWay' | 'needsPerson' | 'notBooked' | 'failedAtStripe';
    /** @description One statement of a status, to be shown with those before it in one sentence. */
    readonly StatusClauseView: {
      readonly tone: components['schemas']['StatusTone'];
      readonly parts: readonly components['schemas']['StatusPart'][];
    };
    /** @description A piece of a sentence. An open list: a client that does not know a kind shows its text. */
    readonly StatusPart:
      | {
          /** @constant */
          readonly kind: 'text';
          readonly text: string;
        }
      | {
          /** @constant */
          readonly kind: 'amount';
          readonly text: string;
          readonly amount: components['schemas']['AmountView'];
        }
      | {
          /** @constant */
          readonly kind: 'instant';
          readonly text: string;
          readonly at: string;
        }
      | {
          /** @constant */
          readonly kind: 'document';
          readonly text: string;
          readonly postingKey: string;
        }
      | {
          /** @constant */
          readonly kind: 'payout';
          readonly text: string;
          readonly payoutId: string;
        }
      | {
          /** @constant */
          readonly kind: 'list';
          readonly text: string;
          readonly list: string;
        };
    /**
     * @description What a status means for whoever looks at it: `open`: somebody has to do something; `underWay`: it goes on by itself; `settled`: everything that was asked for is in the ledgers and nothing contradicts it; `closed`: nothing is booked, and nothing will be.
     * @enum {string}
     */
    readonly StatusTone: 'open' | 'underWay' | 'settled' | 'closed';
    /** @description What stands behind a step: a message of a topic (`GET /messages/:id`), a dead letter, an order about one, a movement of Stripe's balance or a row of the audit trail, by its id. */
    readonly StepEvidence: {
      /** @enum {string} */
      readonly kind: 'message' | 'letter' | 'order' | 'movement' | 'audit';
      readonly id: string;
    };
    /** @description One step of a payment's way from the webhook to the ledger. */
    readonly StepView: {
      readonly at: string;
      readonly stage: string;
      readonly title: string;
      readonly ids: {
        readonly [key: string]: string;
      };
      readonly text: string | null;
      /** @description Null for a step that nothing more is known of. */
      readonly evidence: components['schemas']['StepEvidence'] | null;
    };
    /** @description How many rows a list has, and what they sum up to. */
    readonly SumView: {
      readonly count: number;
      /** @description One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
      readonly amounts: readonly components['schemas']['AmountView'][];
    };
    /** @description Postings of one target that were concluded, by hour: as many numbers as there are hours. */
    readonly TargetHoursView: {
      readonly target: string;
      /** @description Documents and metadata that were written. */
      readonly written: readonly number[];
      /** @description Refused by the target, or held for a person. */
      readonly failed: readonly number[];
    };
    /** @description Answer of `GET /target-outcomes` of recon: what became of the postings of each target, hour by hour. */
    readonly TargetOutcomesView: {
      /** @description Beginnings of the hours, the oldest first; ISO 8601. The last hour is the one that is not over yet. */
      readonly hours: readonly string[];
      /** @description One per target with an outcome in these hours, by name. */
      readonly targets: readonly components['schemas']['TargetHoursView'][];
    };
    /** @description What has to be done by a person, as Today shows it: one row per cause. */
    readonly ToDoView: {
      readonly count: number;
      /** @description One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
      readonly amounts: readonly components['schemas']['AmountView'][];
      readonly list: string;
      /**
       * @description `approvals`: orders that wait for a second person. `notifications`: what nobody acknowledged. An open list: a client shows an unknown kind by its name.
       * @enum {string}
       */
      readonly what: 'deadLetters' | 'parked' | 'different' | 'missing' | 'ledgerEffects' | 'stuck' | 'approvals' | 'notifications';
      /** @description Stable error code; null where there is none. */
      readonly cause: string | null;
      /** @description Consumer group of dead letters; null for everything else. */
      readonly group: string | null;
      /** @description Text of the newest dead letter of the cause. */
      readonly example: string | null;
      /** @description Since when the oldest one waits; ISO 8601. */
      readonly oldestAt: string | null;
    };
    /** @description One target on Today. */
    readonly TodayTargetView: {
      readonly target: string;
      /** @description Documents and metadata that were requested, ever. */
      readonly requested: {
        readonly count: number;
        readonly list: string;
      };
      /** @description Documents that were written, ever. */
      readonly documents: {
        readonly count: number;
        readonly list: string;
      };
      /** @description Its dead letters that are not closed. */
      readonly letters: components['schemas']['FigureView'];
      /** @description When the last document was written; null: none was yet. */
      readonly lastWrittenAt: string | null;
    };
    /** @description Answer of `GET /today?day=`. */
    readonly TodayView: {
      readonly asOf: string;
      /** @description True when nothing is open and no ledger that could be read differs from Stripe. */
      readonly allClear: boolean;
      /** @description One row per cause, the oldest first. Empty when nothing is open. */
      readonly toDo: readonly components['schemas']['ToDoView'][];
      /** @description Captured charges that need a person, each once, whatever the causes. */
      readonly needsPerson: {
        readonly oldestAt: string | null;
        readonly count: number;
        /** @description One sum per currency, sorted by currency. Rows without a known amount are counted and add nothing. */
        readonly amounts: readonly components['schemas']['AmountView'][];
        readonly list: string;
      };
      /** @description The day in the company's time zone. */
      readonly day: {
        readonly date: string;
        readonly timeZone: string;
        readonly from: string;
        readonly to: string;
      };
      /** @description One per currency, sorted by currency. */
      readonly money: readonly components['schemas']['DayMoneyView'][];
      /** @description Clearing accounts beside Stripe's balance, per ledger that could be read (I12). */
      readonly clearing: readonly components['schemas']['LedgerClearingView'][];
      /** @description When they were read; null: not yet. */
      readonly clearingAsOf: string | null;
      /** @description Why a part is not there. */
      readonly problems: readonly string[];
      readonly targets: readonly components['schemas']['TodayTargetView'][];
    };
    /** @description What was written to a target. Documents of an ERP and metadata of Stripe objects are different figures. */
    readonly Written: {
      readonly documents: number;
      readonly metadata: number;
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
  readonly 'AuditController.list': {
    readonly parameters: {
      readonly query?: {
        readonly subject?: string;
        readonly object?: string;
        readonly action?: string;
        readonly from?: string;
        readonly to?: string;
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
      /** @description AuditPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['AuditPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'AuditController.report': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          /** Format: uuid */
          readonly id?: string;
          readonly subject: string;
          readonly name: string;
          readonly action: string;
          readonly object: string;
          readonly target?: string | null;
          readonly reason?: string | null;
          /** @default {} */
          readonly details?: {
            readonly [key: string]: unknown;
          };
          readonly address?: string | null;
        };
      };
    };
    readonly responses: {
      /** @description AuditReportView */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['AuditReportView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `audit.invalid`. */
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
  readonly 'AuditFileController.file': {
    readonly parameters: {
      readonly query?: {
        readonly subject?: string;
        readonly object?: string;
        readonly action?: string;
        readonly from?: string;
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LogLevelDeedController.record': {
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
          readonly service: 'ingest' | 'transform';
          readonly reason: string;
          readonly details: {
            readonly level: {
              readonly before: string;
              /** @enum {string} */
              readonly after: 'trace' | 'debug' | 'info' | 'warn' | 'error';
            };
            readonly forMinutes: number;
            /** Format: date-time */
            readonly until: string;
            readonly host: string;
            readonly logger?: string;
          };
        };
      };
    };
    readonly responses: {
      /** @description AuditReportView */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['AuditReportView'];
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
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'AuditVerificationController.status': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description AuditVerificationView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['AuditVerificationView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'AuditVerificationController.start': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description AuditVerificationView */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['AuditVerificationView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'AuditController.entry': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly sequence: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description AuditEntryView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['AuditEntryView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `audit.unknown`. */
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
  readonly 'BooksController.books': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description BooksView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['BooksView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordListController.canonicalEvents': {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly before?: string;
        readonly limit?: number;
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description CanonicalEventsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['CanonicalEventsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordFileController.canonicalEvents': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordListController.canonicalTotals': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ListTotals */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ListTotals'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'CompanyFormatController.format': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description CompanyFormatView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['CompanyFormatView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'MessageController.groups': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ConsumerGroupsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ConsumerGroupsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.counts': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Counts */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Counts'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'CustomerController.list': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly number?: string;
        readonly state?: 'paired' | 'doubtful' | 'several' | 'missing';
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
      /** @description CustomersPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['CustomersPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'CustomerController.file': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly number?: string;
        readonly state?: 'paired' | 'doubtful' | 'several' | 'missing';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'CustomerController.open': {
    readonly parameters: {
      readonly query?: {
        readonly limit?: number;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description CustomerQuestionsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['CustomerQuestionsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'CustomerController.detail': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description CustomerDetail */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['CustomerDetail'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `customer.unknown`. */
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
  readonly 'OrderController.list': {
    readonly parameters: {
      readonly query?: {
        readonly state?: 'waiting-approval' | 'running' | 'paused' | 'cancelling' | 'cancelled' | 'done' | 'refused' | 'expired';
        readonly action?: 'replay' | 'skip' | 'resolve';
        readonly by?: string;
        readonly from?: string;
        readonly to?: string;
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
      /** @description OrdersView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrdersView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OrderController.order': {
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
          readonly action: 'replay' | 'skip' | 'resolve';
          /** @enum {string} */
          readonly scope: 'one' | 'sequence' | 'cause' | 'query';
          readonly ids?: readonly string[];
          readonly sequence?: string;
          readonly cause?: string;
          readonly group?: string;
          readonly query?: {
            readonly cause?: string;
            readonly group?: string;
            readonly topic?: string;
            readonly sequence?: string;
            readonly eventType?: string;
            readonly held?: boolean;
            readonly again?: boolean;
            readonly currency?: string;
            readonly sequences?: readonly string[];
            /** Format: date-time */
            readonly from?: string;
            /** Format: date-time */
            readonly to?: string;
          };
          readonly editedValue?: unknown;
          readonly reference?: {
            readonly [key: string]: string;
          };
          readonly acceptDifference?: boolean;
          readonly answer?: string;
          readonly reason: string;
          /** @default 10 */
          readonly ratePerSecond?: number;
          readonly expectedLetters?: number;
        };
      };
    };
    readonly responses: {
      /** @description OrderView */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `order.invalid`, `order.by-in-body`. */
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
  readonly 'DeskFileController.orders': {
    readonly parameters: {
      readonly query?: {
        readonly state?: 'waiting-approval' | 'running' | 'paused' | 'cancelling' | 'cancelled' | 'done' | 'refused' | 'expired';
        readonly action?: 'replay' | 'skip' | 'resolve';
        readonly by?: string;
        readonly from?: string;
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OrderController.preview': {
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
          readonly action: 'replay' | 'skip' | 'resolve';
          /** @enum {string} */
          readonly scope: 'one' | 'sequence' | 'cause' | 'query';
          readonly ids?: readonly string[];
          readonly sequence?: string;
          readonly cause?: string;
          readonly group?: string;
          readonly query?: {
            readonly cause?: string;
            readonly group?: string;
            readonly topic?: string;
            readonly sequence?: string;
            readonly eventType?: string;
            readonly held?: boolean;
            readonly again?: boolean;
            readonly currency?: string;
            readonly sequences?: readonly string[];
            /** Format: date-time */
            readonly from?: string;
            /** Format: date-time */
            readonly to?: string;
          };
          readonly editedValue?: unknown;
          readonly reference?: {
            readonly [key: string]: string;
          };
          readonly acceptDifference?: boolean;
          readonly answer?: string;
        };
      };
    };
    readonly responses: {
      /** @description OrderPreview */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderPreview'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `order.invalid`, `order.by-in-body`. */
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
  readonly 'OrderController.show': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description OrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderView'];
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
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OrderController.approve': {
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
          readonly contentHash?: string;
        };
      };
    };
    readonly responses: {
      /** @description OrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `order.invalid`. */
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
  readonly 'OrderController.cancel': {
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
        };
      };
    };
    readonly responses: {
      /** @description OrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `order.invalid`. */
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
  readonly 'OrderController.continue': {
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
        };
      };
    };
    readonly responses: {
      /** @description OrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `order.invalid`. */
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
  readonly 'OrderController.letters': {
    readonly parameters: {
      readonly query?: {
        readonly kind?: 'waiting' | 'done' | 'failed' | 'stopped';
        readonly after?: string;
        readonly before?: string;
        readonly limit?: number;
      };
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description OrderedLettersPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderedLettersPage'];
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
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'OrderController.pause': {
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
        };
      };
    };
    readonly responses: {
      /** @description OrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `order.invalid`. */
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
  readonly 'OrderController.refuse': {
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
        };
      };
    };
    readonly responses: {
      /** @description OrderView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OrderView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `order.invalid`. */
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
  readonly 'DeadLetterController.list': {
    readonly parameters: {
      readonly query?: {
        readonly cause?: string;
        readonly group?: string;
        readonly topic?: string;
        readonly sequence?: string;
        readonly eventType?: string;
        readonly state?: 'open' | 'ordered' | 'closed' | 'notClosed';
        readonly currency?: string;
        readonly assignee?: string;
        readonly held?: string;
        readonly again?: string;
        readonly from?: string;
        readonly to?: string;
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
      /** @description LettersPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LettersPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LetterFileController.file': {
    readonly parameters: {
      readonly query?: {
        readonly cause?: string;
        readonly group?: string;
        readonly topic?: string;
        readonly sequence?: string;
        readonly eventType?: string;
        readonly state?: 'open' | 'ordered' | 'closed' | 'notClosed';
        readonly currency?: string;
        readonly assignee?: string;
        readonly held?: string;
        readonly again?: string;
        readonly from?: string;
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DeadLetterController.causes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description CausesView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['CausesView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DeskFileController.causes': {
    readonly parameters: {
      readonly query?: {
        readonly cause?: string;
        readonly group?: string;
        readonly held?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DeadLetterController.parked': {
    readonly parameters: {
      readonly query?: {
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
      /** @description ParkedPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ParkedPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LetterFileController.parked': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DeadLetterController.standing': {
    readonly parameters: {
      readonly query?: {
        readonly cause?: string;
        readonly group?: string;
        readonly topic?: string;
        readonly eventType?: string;
        readonly assignee?: string;
        readonly held?: string;
        readonly from?: string;
        readonly to?: string;
        readonly state?: 'open' | 'ordered';
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
      /** @description SequencesPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SequencesPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DeskFileController.sequences': {
    readonly parameters: {
      readonly query?: {
        readonly cause?: string;
        readonly group?: string;
        readonly topic?: string;
        readonly eventType?: string;
        readonly assignee?: string;
        readonly held?: string;
        readonly from?: string;
        readonly to?: string;
        readonly state?: 'open' | 'ordered';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'LetterFileController.totals': {
    readonly parameters: {
      readonly query?: {
        readonly cause?: string;
        readonly group?: string;
        readonly topic?: string;
        readonly sequence?: string;
        readonly eventType?: string;
        readonly state?: 'open' | 'ordered' | 'closed' | 'notClosed';
        readonly currency?: string;
        readonly assignee?: string;
        readonly held?: string;
        readonly again?: string;
        readonly from?: string;
        readonly to?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LetterTotalsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LetterTotalsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DeadLetterController.show': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LetterDetail */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LetterDetail'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `letter.unknown`. */
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
  readonly 'LetterCaseController.assign': {
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
          readonly assignee:
            | 'me'
            | null
            | {
                readonly subject: string;
                readonly name: string;
              };
          readonly replaces: string | null;
        };
      };
    };
    readonly responses: {
      /** @description LetterAssignmentView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LetterAssignmentView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `assignment.invalid`. */
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
      /** @description `letter.unknown`. */
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
  readonly 'LetterCaseController.about': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LetterCase */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LetterCase'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `letter.unknown`. */
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
  readonly 'DeadLetterController.checkEdit': {
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
          readonly value: unknown;
        };
      };
    };
    readonly responses: {
      /** @description CheckedEditView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['CheckedEditView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `edit.invalid`. */
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
      /** @description `letter.unknown`. */
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
  readonly 'LetterCaseController.comment': {
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
          readonly text: string;
        };
      };
    };
    readonly responses: {
      /** @description LetterCommentView */
      readonly 201: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LetterCommentView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `comment.invalid`. */
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
      /** @description `letter.unknown`. */
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
  readonly 'DeadLetterController.dryRun': {
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
          readonly value?: unknown;
        };
      };
    };
    readonly responses: {
      /** @description DryRunView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DryRunView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `edit.invalid`. */
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
      /** @description `letter.unknown`. */
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
  readonly 'LetterCaseController.message': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description LetterMessage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['LetterMessage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `letter.unknown`. */
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
          readonly customerId: string;
          readonly reason: string;
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
      /** @description `customer.unknown`. */
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
      /** @description `customer.unknown`. */
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
  readonly 'RecordListController.events': {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly before?: string;
        readonly limit?: number;
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly state?: 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';
        readonly reason?: string;
        readonly stuck?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description EventsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['EventsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordFileController.events': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly state?: 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';
        readonly reason?: string;
        readonly stuck?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordListController.eventTotals': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly state?: 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';
        readonly reason?: string;
        readonly stuck?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ListTotals */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ListTotals'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.event': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description EventView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['EventView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `event.unknown`. */
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
  readonly 'FeedController.live': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Events, the data of each: FeedSnapshot. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/event-stream': components['schemas']['FeedSnapshot'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `live.too-many`. */
      readonly 429: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description What is needed to answer is away for the moment, a database for example. Also: `live.full`. */
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
  readonly 'InstallationController.status': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description InstallationExaminationView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstallationExaminationView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'InstallationController.start': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description InstallationExaminationView */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['InstallationExaminationView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
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
  readonly 'MessageController.message': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description MessageView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['MessageView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `message.unknown`. */
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
  readonly 'MessageController.fixture': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description MessageFixtureView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['MessageFixtureView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `message.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `message.gone`, `message.unreadable`. */
      readonly 410: {
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
  readonly 'MessageController.record': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description MessageRecordView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['MessageRecordView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `message.unknown`. */
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
  readonly 'MovementController.list': {
    readonly parameters: {
      readonly query?: {
        readonly kind?: 'refunded' | 'fees' | 'disputes' | 'paidOut';
        readonly currency?: string;
        readonly from?: string;
        readonly to?: string;
        readonly id?: string;
        readonly payout?: string;
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
      /** @description MovementsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['MovementsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'MovementController.file': {
    readonly parameters: {
      readonly query?: {
        readonly kind?: 'refunded' | 'fees' | 'disputes' | 'paidOut';
        readonly currency?: string;
        readonly from?: string;
        readonly to?: string;
        readonly id?: string;
        readonly payout?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'MovementController.totals': {
    readonly parameters: {
      readonly query?: {
        readonly kind?: 'refunded' | 'fees' | 'disputes' | 'paidOut';
        readonly currency?: string;
        readonly from?: string;
        readonly to?: string;
        readonly id?: string;
        readonly payout?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description SumView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SumView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'NotificationController.routes': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description NotificationRoutesView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['NotificationRoutesView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'NotificationController.test': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description NotificationRouteView */
      readonly 202: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['NotificationRouteView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `notification-route.unknown`. */
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
  readonly 'NotificationController.list': {
    readonly parameters: {
      readonly query?: {
        readonly state?: 'open' | 'firing' | 'acknowledged' | 'cleared';
        readonly condition?: string;
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
      /** @description NotificationsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['NotificationsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'NotificationController.acknowledge': {
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
        };
      };
    };
    readonly responses: {
      /** @description NotificationView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['NotificationView'];
        };
      };
      /** @description The request does not fit: `message` names each field. Also: `notification.invalid`. */
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
      /** @description `notification.unknown`. */
      readonly 404: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ErrorView'];
        };
      };
      /** @description `notification.not-open`. */
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
  readonly 'RecordListController.outcomes': {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly before?: string;
        readonly limit?: number;
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly target?: string;
        readonly result?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description OutcomesPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['OutcomesPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordFileController.outcomes': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly target?: string;
        readonly result?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordListController.outcomeTotals': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly target?: string;
        readonly result?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ListTotals */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ListTotals'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.overview': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Overview */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Overview'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.list': {
    readonly parameters: {
      readonly query?: {
        readonly standing?: string;
        readonly state?: 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';
        readonly reconciliation?: 'matched' | 'missing' | 'different' | 'pending';
        readonly currency?: string;
        readonly minMinor?: string;
        readonly maxMinor?: string;
        readonly from?: string;
        readonly to?: string;
        readonly customer?: string;
        readonly target?: string;
        readonly hasRefund?: string;
        readonly hasDispute?: string;
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
      /** @description PaymentsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PaymentsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'PaymentFileController.file': {
    readonly parameters: {
      readonly query?: {
        readonly standing?: string;
        readonly state?: 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';
        readonly reconciliation?: 'matched' | 'missing' | 'different' | 'pending';
        readonly currency?: string;
        readonly minMinor?: string;
        readonly maxMinor?: string;
        readonly from?: string;
        readonly to?: string;
        readonly customer?: string;
        readonly target?: string;
        readonly hasRefund?: string;
        readonly hasDispute?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.totals': {
    readonly parameters: {
      readonly query?: {
        readonly standing?: string;
        readonly state?: 'inFlight' | 'posted' | 'ignored' | 'held' | 'deadLettered';
        readonly reconciliation?: 'matched' | 'missing' | 'different' | 'pending';
        readonly currency?: string;
        readonly minMinor?: string;
        readonly maxMinor?: string;
        readonly from?: string;
        readonly to?: string;
        readonly customer?: string;
        readonly target?: string;
        readonly hasRefund?: string;
        readonly hasDispute?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description SumView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SumView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.trace': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path: {
        readonly id: string;
      };
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description PaymentDetail */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PaymentDetail'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      /** @description `payment.unknown`. */
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
  readonly 'RecordListController.postings': {
    readonly parameters: {
      readonly query?: {
        readonly after?: string;
        readonly before?: string;
        readonly limit?: number;
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly target?: string;
        readonly result?: string;
        readonly written?: 'documents' | 'metadata';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description PostingsPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['PostingsPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordFileController.postings': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly target?: string;
        readonly result?: string;
        readonly written?: 'documents' | 'metadata';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'RecordListController.postingTotals': {
    readonly parameters: {
      readonly query?: {
        readonly id?: string;
        readonly type?: string;
        readonly key?: string;
        readonly from?: string;
        readonly to?: string;
        readonly target?: string;
        readonly result?: string;
        readonly written?: 'documents' | 'metadata';
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ListTotals */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ListTotals'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.reconciliation': {
    readonly parameters: {
      readonly query?: {
        readonly state?: 'matched' | 'missing' | 'different' | 'pending';
        readonly standing?: 'inLedger' | 'onItsWay' | 'needsPerson' | 'notBooked' | 'failedAtStripe';
        readonly currency?: string;
        readonly limit?: number;
        readonly after?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ReconciliationPage */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ReconciliationPage'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DocumentComparisonController.documents': {
    readonly parameters: {
      readonly query?: {
        readonly state?: 'matched' | 'different' | 'missing' | 'pending' | 'notCompared' | 'open';
        readonly target?: string;
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
      /** @description DocumentComparisons */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['DocumentComparisons'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'DocumentComparisonController.file': {
    readonly parameters: {
      readonly query?: {
        readonly state?: 'matched' | 'different' | 'missing' | 'pending' | 'notCompared' | 'open';
        readonly target?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description The whole list, as it is read. */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'text/csv': string;
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SearchController.search': {
    readonly parameters: {
      readonly query: {
        readonly q: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description SearchView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SearchView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SearchController.find': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody: {
      readonly content: {
        readonly 'application/json': {
          readonly q: string;
        };
      };
    };
    readonly responses: {
      /** @description SearchView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['SearchView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'SettingsController.settings': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description ServiceSettingsView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['ServiceSettingsView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'ViewController.stages': {
    readonly parameters: {
      readonly query?: never;
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description Stages */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['Stages'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TargetOutcomesController.hourly': {
    readonly parameters: {
      readonly query?: {
        readonly until?: string;
        readonly hours?: number;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description TargetOutcomesView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TargetOutcomesView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
  readonly 'TodayController.today': {
    readonly parameters: {
      readonly query?: {
        readonly day?: string;
      };
      readonly header?: never;
      readonly path?: never;
      readonly cookie?: never;
    };
    readonly requestBody?: never;
    readonly responses: {
      /** @description TodayView */
      readonly 200: {
        headers: {
          readonly [name: string]: unknown;
        };
        content: {
          readonly 'application/json': components['schemas']['TodayView'];
        };
      };
      readonly 400: components['responses']['Invalid'];
      readonly 401: components['responses']['Unknown'];
      readonly 403: components['responses']['Forbidden'];
      readonly 503: components['responses']['Away'];
    };
  };
}
