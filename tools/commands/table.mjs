/**
 * Every command of the project, in one place. Help texts, the check of the command line (bootstrap.mjs) and docs/commands.md are made
 * from it. Plain JavaScript, because `npm start` reads it before anything is installed. Types: table.d.mts.
 */

const count = (placeholder = 'N') => ({ value: placeholder, type: 'count' });
const text = (placeholder) => ({ value: placeholder, type: 'text' });

/** Options of every `tributary dlq` command. */
const dlqCommon = {
  json: { summary: 'print the answer as JSON, for programs' },
  url: {
    ...text('address'),
    summary: 'address of recon; default: the running stack, else TRIBUTARY_RECON_URL, else http://127.0.0.1:4040',
  },
};
const dlqFilter = {
  cause: { ...text('code'), summary: 'only this cause' },
  group: { ...text('name'), summary: 'only dead letters of this consumer group' },
  sequence: { ...text('key'), summary: 'only this sequence' },
};
const dlqOrder = {
  reason: { ...text('text'), summary: 'why; required, and kept with the order' },
  by: { ...text('name'), summary: 'no effect any more: who gives the order is whoever your token names' },
  rate: { value: 'N', type: 'number', summary: 'at most this many a second; default 10' },
  yes: { short: 'y', summary: 'do not ask for confirmation' },
  'no-follow': { summary: 'do not wait for the end of the order' },
};
const dlqScope = { ...dlqFilter, query: { ...text('json'), summary: 'all that match, e.g. {"from":"2026-11-20T00:00:00Z"}' } };
const dlqExitCodes = {
  0: 'done',
  1: 'refused, or some were dead-lettered again or not dispatched',
  2: 'the command line is wrong',
  3: 'recon does not answer',
  4: 'not confirmed',
  5: 'ordered, and waits for the approval of somebody else',
};
const oneId = { name: 'id', min: 1, max: 1, summary: 'id of a dead letter, as `list` shows it' };
const oneOrder = { name: 'order id', min: 1, max: 1, summary: 'id of an order, as `orders` shows it' };
const manyIds = { name: 'id', min: 0, summary: 'ids of dead letters; or give one of --sequence, --cause, --query' };

const dlq = {
  name: 'dlq',
  summary: 'Lists, shows, edits, replays, skips and resolves dead letters. Talks to recon.',
  details: [
    'Within a sequence the oldest dead letter goes first; each waits for the one before to succeed.',
    'Runbook: docs/runbooks/dead-letters.md',
  ],
  commands: [
    {
      name: 'causes',
      summary: 'Open dead letters by cause: how many, what waits behind them, money at risk.',
      options: { csv: { summary: 'print all of them as CSV that a spreadsheet can open' }, ...dlqCommon },
      example: 'npm run -s tributary -- dlq causes',
      effect: 'reads',
    },
    {
      name: 'list',
      summary: 'Dead letters, oldest first.',
      options: {
        ...dlqFilter,
        topic: { ...text('name'), summary: 'only from this topic' },
        state: { ...text('state'), choices: ['open', 'ordered', 'closed'], summary: 'only in this state' },
        assignee: { ...text('who'), summary: 'only those of this person: me, nobody, or the subject of a person' },
        again: { summary: 'only what failed again after a replay' },
        limit: { ...count(), summary: 'at most this many' },
        csv: { summary: 'print all of them as CSV that a spreadsheet can open, whatever --limit says' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- dlq list --cause mapping.currency-unmapped',
      effect: 'reads',
    },
    {
      name: 'sequences',
      summary: 'Sequences that stand still, the longest waiting first, with what waits behind each.',
      options: {
        cause: dlqFilter.cause,
        group: dlqFilter.group,
        topic: { ...text('name'), summary: 'only from this topic' },
        state: { ...text('state'), choices: ['open', 'ordered'], summary: 'only with a letter in this state' },
        assignee: { ...text('who'), summary: 'only those of this person: me, nobody, or the subject of a person' },
        limit: { ...count(), summary: 'at most this many' },
        csv: { summary: 'print all of them as CSV that a spreadsheet can open, whatever --limit says' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- dlq sequences --cause mapping.currency-unmapped',
      effect: 'reads',
    },
    {
      name: 'show',
      arguments: oneId,
      summary: 'One dead letter, decoded with the schema it was written with, and its history.',
      options: dlqCommon,
      example: 'npm run -s tributary -- dlq show <id>',
      effect: 'reads',
    },
    {
      name: 'dry-run',
      arguments: oneId,
      summary: 'The exact ERP calls that a dead letter would make with the current mapping. Sends nothing.',
      options: { value: { ...text('file.json'), summary: 'with this value instead of its own' }, ...dlqCommon },
      example: 'npm run -s tributary -- dlq dry-run <id>',
      effect: 'reads',
    },
    {
      name: 'edit',
      arguments: oneId,
      summary: 'Edits a dead letter ($EDITOR, or --value), checks it against its schema, shows the difference, asks, and replays it.',
      options: { value: { ...text('file.json'), summary: 'the edited value, instead of opening an editor' }, ...dlqOrder, ...dlqCommon },
      example: 'npm run -s tributary -- dlq edit <id> --reason "currency was wrong"',
    },
    {
      name: 'replay',
      arguments: manyIds,
      summary: 'Sends dead letters to their consumer group again.',
      options: { ...dlqScope, ...dlqOrder, ...dlqCommon },
      example: 'npm run -s tributary -- dlq replay --cause mapping.currency-unmapped --reason "bank account added"',
    },
    {
      name: 'skip',
      arguments: manyIds,
      summary: 'Closes dead letters without effect.',
      options: { ...dlqScope, ...dlqOrder, ...dlqCommon },
      example: 'npm run -s tributary -- dlq skip <id> --reason "test payment of the web shop"',
    },
    {
      name: 'answer',
      arguments: { name: 'id and answer', min: 2, max: 2, summary: 'id of a dead letter that asks a question, and one of its answers' },
      summary: 'Answers the question that a dead letter asks, and replays it with the answer.',
      options: { ...dlqOrder, ...dlqCommon },
      example: 'npm run -s tributary -- dlq answer <id> post --reason "approved by the controller"',
    },
    {
      name: 'resolve',
      arguments: manyIds,
      summary: 'Records that it was put right by hand: the document is in the ERP, as its posting key or --posted-as finds it.',
      options: {
        ...dlqScope,
        'posted-as': {
          ...text('json'),
          summary: 'key of the document of one dead letter, e.g. {"HeadNum":"881"}; it is compared with the ERP',
        },
        'accept-difference': { summary: 'also when the ERP does not say so: somebody else has to approve it then' },
        ...dlqOrder,
        ...dlqCommon,
      },
      example: `npm run -s tributary -- dlq resolve <id> --posted-as '{"HeadNum":"881"}' --reason "entered by hand"`,
    },
    {
      name: 'comment',
      arguments: oneId,
      summary: 'Comments on a dead letter; without --text, shows what was said about it.',
      options: {
        text: { ...text('text'), summary: 'what you want to say: at most 2,000 characters, which nobody can change' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- dlq comment <id> --text "asked the bank, answer by Friday"',
    },
    {
      name: 'assign',
      arguments: { name: 'id and who', min: 2, max: 2, summary: 'id of a dead letter, and me, nobody, or the subject of a person' },
      summary: 'Says who looks after a dead letter. Refused when somebody else changed it in the meantime.',
      options: { name: { ...text('name'), summary: 'name of the person, with a subject' }, ...dlqCommon },
      example: 'npm run -s tributary -- dlq assign <id> me',
    },
    {
      name: 'order',
      arguments: oneOrder,
      summary: 'Progress of one order; follows it until it ends. With --letters its letters.',
      options: {
        letters: {
          ...text('failed|stopped|waiting|done'),
          choices: ['failed', 'stopped', 'waiting', 'done'],
          summary: 'print its letters of this kind instead',
        },
        'no-follow': dlqOrder['no-follow'],
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- dlq order <order id> --no-follow',
      effect: 'reads',
    },
    {
      name: 'orders',
      summary: 'Orders, newest first, and how many fit in all.',
      options: {
        state: {
          ...text('state'),
          choices: ['waiting-approval', 'running', 'paused', 'cancelling', 'cancelled', 'done', 'refused', 'expired'],
          summary: 'only in this state',
        },
        action: { ...text('action'), choices: ['replay', 'skip', 'resolve'], summary: 'only those that do this' },
        limit: { ...count(), summary: 'at most this many' },
        after: { ...text('order id'), summary: 'those that follow this order' },
        csv: { summary: 'print all of them as CSV that a spreadsheet can open, whatever --limit says' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- dlq orders --state waiting-approval',
      effect: 'reads',
    },
    {
      name: 'approve',
      arguments: { name: 'order id', min: 1, max: 1, summary: 'id of an order that waits, as `orders` shows it' },
      summary: 'Approves an order of somebody else that is above their limit or changes money. Shows it, and asks.',
      options: { reason: dlqOrder.reason, yes: dlqOrder.yes, ...dlqCommon },
      example: 'npm run -s tributary -- dlq approve <order id> --reason "checked with the bank statement"',
    },
    {
      name: 'refuse',
      arguments: { name: 'order id', min: 1, max: 1, summary: 'id of an order that waits, as `orders` shows it' },
      summary: 'Refuses an order of somebody else: nothing of it is dispatched.',
      options: { reason: dlqOrder.reason, ...dlqCommon },
      example: 'npm run -s tributary -- dlq refuse <order id> --reason "the amount is wrong"',
    },
    {
      name: 'pause',
      arguments: oneOrder,
      summary: 'Pauses an order: nothing more is dispatched until it is continued.',
      options: { reason: dlqOrder.reason, ...dlqCommon },
      example: 'npm run -s tributary -- dlq pause <order id> --reason "some are dead-lettered again"',
    },
    {
      name: 'continue',
      arguments: oneOrder,
      summary: 'Continues an order that was paused.',
      options: { reason: dlqOrder.reason, ...dlqCommon },
      example: 'npm run -s tributary -- dlq continue <order id> --reason "the account is there now"',
    },
    {
      name: 'cancel',
      arguments: oneOrder,
      summary: 'Cancels an order: what is not dispatched yet stays a dead letter.',
      options: { reason: dlqOrder.reason, by: dlqOrder.by, ...dlqCommon },
      example: 'npm run -s tributary -- dlq cancel <order id> --reason "wrong cause"',
    },
  ].map((command) => ({ exitCodes: dlqExitCodes, ...command })),
};

const find = {
  name: 'find',
  arguments: {
    name: 'text',
    min: 1,
    max: 1,
    summary: 'an id, an amount, a number, a posting key, a trace, an order reference or an e-mail address',
  },
  summary: 'Finds payments, customers, documents, events and dead letters, as the search of the console does. Talks to recon.',
  details: ['By e-mail address only with the permission payloads.read.'],
  options: dlqCommon,
  example: 'npm run -s tributary -- find "223.55 EUR"',
  exitCodes: { 0: 'found', 1: 'nothing is found, or it was refused', 2: 'the command line is wrong', 3: 'recon does not answer' },
  effect: 'reads',
};

const payment = {
  name: 'payment',
  arguments: { name: 'id', min: 1, max: 1, summary: 'id of a charge, a payment or an event of Stripe' },
  summary: 'One payment: where it stands in one sentence, its documents, and every step, as its page shows it. Talks to recon.',
  options: dlqCommon,
  example: 'npm run -s tributary -- payment <charge id>',
  exitCodes: { 0: 'found', 1: 'nobody knows it, or it was refused', 2: 'the command line is wrong', 3: 'recon does not answer' },
  effect: 'reads',
};

const reconExitCodes = { 0: 'printed', 1: 'refused', 2: 'the command line is wrong', 3: 'recon does not answer' };
const today = {
  name: 'today',
  summary:
    'What needs a person with its money, the money of a day from Stripe to the ledger, the targets, as Today shows it. Talks to recon.',
  options: { day: { ...text('date'), summary: 'day of the company, e.g. 2026-11-21; default: today' }, ...dlqCommon },
  example: 'npm run -s tributary -- today',
  exitCodes: { ...reconExitCodes, 0: 'nothing is open', 4: 'something is open, or a ledger differs from Stripe or could not be read' },
  effect: 'reads',
};
const books = {
  name: 'books',
  summary: 'The clearing account of each ledger beside the balance at Stripe, and the trial balance. Talks to recon.',
  options: dlqCommon,
  example: 'npm run -s tributary -- books',
  exitCodes: { ...reconExitCodes, 0: 'everything agrees', 4: 'something differs, or a ledger could not be read' },
  effect: 'reads',
};
const figures = {
  name: 'figures',
  summary: 'Where every payment and event stands, how many wait between the stages, what each target wrote by hour. Talks to recon.',
  options: dlqCommon,
  example: 'npm run -s tributary -- figures --json',
  exitCodes: reconExitCodes,
  effect: 'reads',
};
const totals = {
  name: 'totals',
  arguments: { name: 'list', min: 1, max: 1, summary: 'name of a list: payments, movements, events, ... (a wrong one prints them all)' },
  summary: 'How many rows a list has and how much money, without its rows. Talks to recon.',
  options: {
    where: {
      ...text('name=value'),
      summary: 'only what fits, as the address of the list in the console has it; may be given several times',
    },
    ...dlqCommon,
  },
  example: 'npm run -s tributary -- totals payments --where reconciliation=different',
  exitCodes: reconExitCodes,
  effect: 'reads',
};
const settings = {
  name: 'settings',
  summary: 'Version of recon, the limits that it keeps to and whether somebody set them, and where its secrets come from. Talks to recon.',
  options: dlqCommon,
  example: 'npm run -s tributary -- settings',
  exitCodes: reconExitCodes,
  effect: 'reads',
};

const exported = {
  name: 'export',
  arguments: {
    name: 'list',
    min: 1,
    max: 1,
    summary: 'name of a list: payments, customers, movements, audit, ... (a wrong one prints them all)',
  },
  summary: 'A whole list of the console as the CSV file that its link Export makes. Talks to recon.',
  details: ['The last line says whether it is whole. Who may read the list may export it.'],
  options: {
    where: {
      ...text('name=value'),
      summary: 'only what fits, as the address of the list in the console has it; may be given several times',
    },
    out: { ...text('file'), summary: 'where to write; default: printed' },
    url: dlqCommon.url,
  },
  example: 'npm run -s tributary -- export payments --where standing=needsPerson --out payments.csv',
  exitCodes: {
    0: 'the whole list',
    1: 'refused, or it broke off',
    2: 'the command line is wrong',
    3: 'recon does not answer',
    4: 'not the whole list: a file has a most, narrow it down',
  },
  effect: 'reads',
};

const audit = {
  name: 'audit',
  summary: 'The audit trail: who decided and read what. Lists it, and verifies that nobody changed it.',
  details: ['Runbook: docs/runbooks/audit.md'],
  commands: [
    {
      name: 'list',
      summary: 'Rows of the audit trail, newest first.',
      options: {
        subject: { ...text('subject'), summary: 'only of this person or service, e.g. person:7f3a' },
        object: { ...text('object'), summary: 'only about this, e.g. order:ord_1 or letter:dl_7Q3M2K9ZC4T8WXYR' },
        action: { ...text('action'), summary: 'only this action, e.g. order.approved' },
        from: { ...text('time'), summary: 'only at this time or later, e.g. 2026-11-20T00:00:00Z' },
        to: { ...text('time'), summary: 'only before this time' },
        limit: { ...count(), summary: 'at most this many; default 100' },
        csv: { summary: 'print CSV that a spreadsheet can open' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- audit list --action order.approved',
      exitCodes: { 0: 'listed', 1: 'refused', 2: 'the command line is wrong', 3: 'recon does not answer' },
      effect: 'reads',
    },
    {
      name: 'verify',
      summary: 'Reads the whole trail and names the first row that was changed, removed, inserted, reordered or cut off.',
      options: {
        anchor: { ...text('file'), summary: 'anchor file; default: AUDIT_ANCHOR_FILE of recon' },
        json: { summary: 'print the result as JSON, for programs' },
      },
      example: 'npm run -s tributary -- audit verify',
      exitCodes: { 0: 'whole', 1: 'tampered with, or it cannot be read', 2: 'the command line is wrong' },
      effect: 'reads',
    },
  ],
};

const customers = {
  name: 'customers',
  summary: 'Customers of Stripe, and what each ledger has for them. Talks to recon.',
  details: ['A doubtful match is answered with `tributary dlq resolve`, `answer`, `replay` or `skip`: show names its dead letter.'],
  commands: [
    {
      name: 'list',
      summary: 'Customers by id, with their state and their keys in each ledger.',
      options: {
        number: { ...text('number'), summary: 'only those with this number or code in a ledger' },
        state: { ...text('state'), choices: ['paired', 'doubtful', 'several', 'missing'], summary: 'only in this state' },
        limit: { ...count(), summary: 'at most this many, up to 200; default 50' },
        after: { ...text('customer'), summary: 'those that follow this customer' },
        csv: { summary: 'print CSV that a spreadsheet can open' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- customers list --state doubtful',
    },
    {
      name: 'show',
      arguments: { name: 'customer', min: 1, max: 1, summary: 'id of the customer in Stripe' },
      summary: 'One customer: who it is in each ledger, its payments per currency, open questions with their candidates, hints.',
      options: dlqCommon,
      example: 'npm run -s tributary -- customers show cus_NffrFeUfNV2Hib',
    },
  ].map((command) => ({
    ...command,
    exitCodes: { 0: 'shown', 1: 'refused, or recon knows no such customer', 2: 'the command line is wrong', 3: 'recon does not answer' },
    effect: 'reads',
  })),
};

const oneMessage = { name: 'id', min: 1, max: 1, summary: 'id of a Stripe event, a canonical fact, a posting request or an outcome' };

const eventCommands = {
  name: 'events',
  summary: 'What is in the topics: lists messages, shows one with its chain, makes fixtures for tests, and says how far the readers are.',
  details: ['The same as the room Events of the console. For consumers of your own: docs/data/README.md'],
  commands: [
    {
      name: 'list',
      summary: 'Messages of one kind, newest first.',
      options: {
        kind: { ...text('kind'), choices: ['raw', 'canonical', 'requests', 'outcomes'], summary: 'which messages; default raw' },
        id: { ...text('id'), summary: 'only this message, or those that come from this Stripe event' },
        type: { ...text('type'), summary: 'only of this type, e.g. charge.succeeded, ar.payment-received, cash-receipt' },
        key: { ...text('id'), summary: 'only about this customer, charge or payment' },
        from: { ...text('time'), summary: 'only at this time or later, e.g. 2026-11-20T00:00:00Z' },
        to: { ...text('time'), summary: 'only before this time' },
        target: { ...text('name'), summary: 'only of this target; requests and outcomes' },
        result: { ...text('result'), summary: 'only with this result; requests and outcomes' },
        limit: { ...count(), summary: 'at most this many; default 50' },
        csv: { summary: 'print CSV that a spreadsheet can open' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- events list --kind outcomes --result rejected',
    },
    {
      name: 'show',
      arguments: oneMessage,
      summary: 'One message: its chain, and its record decoded with the schema it was written with.',
      options: dlqCommon,
      example: 'npm run -s tributary -- events show <id>',
    },
    {
      name: 'fixture',
      arguments: oneMessage,
      summary: 'The webhook that a message comes from, with stand-ins for texts about people and card data, for tests.',
      options: { out: { ...text('file.json'), summary: 'write it there' }, ...dlqCommon },
      example: 'npm run -s tributary -- events fixture <id> --out charge.json',
    },
    {
      name: 'lag',
      summary: 'How far each consumer group is behind its topics, and what that means.',
      options: dlqCommon,
      example: 'npm run -s tributary -- events lag',
    },
  ].map((command) => ({
    exitCodes: { 0: 'done', 1: 'refused, or there is none', 2: 'the command line is wrong', 3: 'recon does not answer' },
    effect: 'reads',
    ...command,
  })),
};

const erase = {
  name: 'erase',
  summary: 'Erases the personal data of one Stripe customer in recon and erp-sink. Without --confirm it only counts.',
  details: [
    'Amounts, ids, posting keys and digests stay, and so do the books. What it cannot reach is listed with the date until which it stays.',
    'Needs the role admin for all targets. How to: docs/how-to/erase-a-customer.md',
  ],
  options: {
    customer: { ...text('cus_...'), summary: 'id of the customer in Stripe' },
    confirm: { summary: 'erase, and do not only count' },
    reason: { ...text('text'), summary: 'why; required with --confirm, and kept in the audit trail: name nobody in it' },
    json: dlqCommon.json,
    url: dlqCommon.url,
    'sink-url': {
      ...text('address'),
      summary: 'address of an erp-sink, once for each; default: those of the running stack, else TRIBUTARY_ERP_SINK_URL, comma separated',
    },
  },
  example: 'npm run -s tributary -- erase --customer cus_NffrFeUfNV2Hib --confirm --reason "asked for by letter"',
  exitCodes: {
    0: 'erased, or counted',
    1: 'refused, or recon knows no such customer',
    2: 'the command line is wrong',
    3: 'a service does not answer',
  },
};

const sinkCommon = {
  json: { summary: 'print the answer as JSON, for programs' },
  url: {
    ...text('address'),
    summary: 'address of erp-sink; default: the running stack, else TRIBUTARY_ERP_SINK_URL, else http://127.0.0.1:4030',
  },
};
const sinkTarget = { target: { ...text('name'), summary: 'target, where erp-sink serves several' } };
const releaseId = { name: 'order id', min: 1, max: 1, summary: 'id of an order that waits, as `orders` shows it' };
const groups = {
  name: 'groups',
  summary: 'Releases groups of documents that failed or wait for a person. Talks to erp-sink.',
  details: ['Runbook: docs/runbooks/approvals.md'],
  commands: [
    {
      name: 'list',
      summary: 'Groups that are not released, with their documents and money.',
      options: { csv: { summary: 'print CSV that a spreadsheet can open' }, ...sinkTarget, ...sinkCommon },
      example: 'npm run -s tributary -- groups list',
      effect: 'reads',
    },
    {
      name: 'release',
      arguments: { name: 'group id', min: 1, max: 1, summary: 'id of the group' },
      summary: 'Orders the release of a group. Above the limit of your roles it waits for somebody else.',
      options: { reason: dlqOrder.reason, ...sinkTarget, ...sinkCommon },
      example: 'npm run -s tributary -- groups release <group id> --reason "the period is open again"',
    },
    {
      name: 'orders',
      summary: 'The newest orders to release groups.',
      options: { ...sinkTarget, ...sinkCommon },
      example: 'npm run -s tributary -- groups orders',
      effect: 'reads',
    },
    {
      name: 'approve',
      arguments: releaseId,
      summary: 'Approves the release that somebody else ordered. Shows it, and asks.',
      options: { reason: dlqOrder.reason, yes: dlqOrder.yes, ...sinkCommon },
      example: 'npm run -s tributary -- groups approve <order id> --reason "compared with the bank statement"',
    },
    {
      name: 'refuse',
      arguments: releaseId,
      summary: 'Refuses the release that somebody else ordered: the group stays as it is.',
      options: { reason: dlqOrder.reason, ...sinkCommon },
      example: 'npm run -s tributary -- groups refuse <order id> --reason "the amount is wrong"',
    },
  ].map((command) => ({ ...command, exitCodes: releaseExitCodes(command.name) })),
};
const calls = {
  name: 'calls',
  arguments: { name: 'posting key', min: 1, max: 1, summary: 'key of a posting, e.g. kinetic-main/cash-receipt/ch_...' },
  summary: 'What a ledger was sent for a posting and what it answered, newest first. Talks to the erp-sink of the target.',
  details: [
    'Needs the permission ledger.read. Texts are masked without payloads.read, secrets and card numbers always. Kept ERP_CALL_RETENTION_DAYS days.',
  ],
  options: { limit: { ...count(), summary: 'at most this many calls, and at most 20' }, ...sinkCommon },
  example: 'npm run -s tributary -- calls kinetic-main/cash-receipt/<id>',
  exitCodes: { 0: 'found', 1: 'no call is kept, or it was refused', 2: 'the command line is wrong', 3: 'erp-sink does not answer' },
  effect: 'reads',
};
const posting = {
  name: 'posting',
  arguments: { name: 'posting key', min: 0, max: 1, summary: 'key of a posting, e.g. kinetic-main/cash-receipt/ch_...; none: the newest' },
  summary: 'A posting of the ledger of erp-sink: its state, its document, its outcomes; or the newest of a state. Talks to erp-sink.',
  options: {
    state: { ...text('state'), summary: 'only in this state: new, claimed, unknown, waiting, posted, rejected, held or skipped' },
    target: { ...text('name'), summary: 'only of this target' },
    limit: { ...count(), summary: 'at most this many, and at most 1000; default 100' },
    ...sinkCommon,
  },
  example: 'npm run -s tributary -- posting --state held',
  exitCodes: { 0: 'found', 1: 'there is none, or it was refused', 2: 'the command line is wrong', 3: 'erp-sink does not answer' },
  effect: 'reads',
};
const targetPauses = [
  {
    name: 'list',
    summary: 'The targets of an erp-sink: how they fare, what is open, and who paused which.',
    options: sinkCommon,
    example: 'npm run -s tributary -- targets list',
    effect: 'reads',
  },
  {
    name: 'pause',
    arguments: { name: 'target', min: 1, max: 1, summary: 'name of the target' },
    summary: 'Begins nothing new at a target until it is resumed: requests wait in Kafka, also after a restart.',
    options: { reason: dlqOrder.reason, ...sinkCommon },
    example: 'npm run -s tributary -- targets pause kinetic-main --reason "the ERP is upgraded tonight"',
  },
  {
    name: 'resume',
    arguments: { name: 'target', min: 1, max: 1, summary: 'name of the target' },
    summary: 'Works on with what waits for a target.',
    options: { reason: dlqOrder.reason, ...sinkCommon },
    example: 'npm run -s tributary -- targets resume kinetic-main --reason "the upgrade is done"',
  },
  {
    name: 'check',
    arguments: { name: 'target', min: 1, max: 1, summary: 'name of the target' },
    summary: 'Looks at a target through the erp-sink that serves it: login, rights, services, periods, clock. Stores nothing there.',
    details: [
      'Each finding has a code (docs/target-findings.md). Takes 20 seconds at most. Without a running erp-sink: npm run -s check:targets',
    ],
    options: sinkCommon,
    example: 'npm run -s tributary -- targets check kinetic-main',
  },
].map((command) => ({ ...command, exitCodes: releaseExitCodes(command.name) }));
function releaseExitCodes(name) {
  return {
    0: 'done',
    1: name === 'check' ? 'refused, or something is missing' : 'refused',
    2: 'the command line is wrong',
    3: 'erp-sink does not answer',
    ...(name === 'approve' ? { 4: 'not confirmed' } : {}),
    ...(name === 'release' ? { 5: 'ordered, and waits for the approval of somebody else' } : {}),
  };
}

const notifications = {
  name: 'notifications',
  summary: 'What operators are told of by webhook or mail, and where that goes. Talks to recon.',
  details: ['Set-up: docs/how-to/notifications.md. Runbook: docs/runbooks/notifications.md'],
  commands: [
    {
      name: 'list',
      summary: 'What was told, newest first, with the messages that went out.',
      options: {
        state: { ...text('state'), choices: ['open', 'firing', 'acknowledged', 'cleared'], summary: 'only in this state' },
        limit: { ...count(), summary: 'at most this many; default 50' },
        ...dlqCommon,
      },
      example: 'npm run -s tributary -- notifications list --state open',
      effect: 'reads',
    },
    {
      name: 'acknowledge',
      arguments: { name: 'id', min: 1, max: 1, summary: 'id of a notification, as `list` shows it' },
      summary: 'Says that somebody looks after it: nobody is reminded any more until it is over.',
      options: { reason: dlqOrder.reason, ...dlqCommon },
      example: 'npm run -s tributary -- notifications acknowledge <id> --reason "the ERP is upgraded until noon"',
    },
    {
      name: 'routes',
      summary: 'Where messages go, and how that went.',
      options: dlqCommon,
      example: 'npm run -s tributary -- notifications routes',
      effect: 'reads',
    },
    {
      name: 'test',
      arguments: { name: 'route', min: 1, max: 1, summary: 'name of a route, as `routes` shows it' },
      summary: 'Sends a test to a route and waits until it is taken.',
      options: dlqCommon,
      example: 'npm run -s tributary -- notifications test duty',
    },
  ].map((command) => ({
    ...command,
    exitCodes: {
      0: command.name === 'test' ? 'the route took it' : 'done',
      1: command.name === 'test' ? 'refused, or the route did not take it' : 'refused',
      2: 'the command line is wrong',
      3: 'recon does not answer',
    },
  })),
};

const rebuildTarget = { target: { ...text('name'), summary: 'ERP target, e.g. kinetic-main; default: ERP_TARGET' } };
const json = { json: { summary: 'print the result as JSON, for programs' } };
const rebuildExitCodes = { 0: 'done', 1: 'refused, failed or not configured', 2: 'the command line is wrong' };
const rebuild = {
  name: 'rebuild',
  summary: 'Makes derived state again: the posting ledger, the cross-reference topics, the views.',
  details: [
    'The service that owns the state has to be stopped first; the command refuses to run beside it and says which command stops it.',
    'On the stack that `npm start` runs, ports and demo configuration are taken from the stack. Elsewhere the environment is read.',
    'Runbook: docs/runbooks/rebuild.md',
  ],
  commands: [
    {
      name: 'ledger',
      summary: 'The posting ledger of a target, from topics and from look-ups in the ERP.',
      options: { ...rebuildTarget, ...json },
      example: 'npm run -s tributary -- rebuild ledger --target kinetic-main',
    },
    {
      name: 'xref',
      summary: 'The cross-reference topics of a target, from its ledger.',
      options: { ...rebuildTarget, ...json },
      example: 'npm run -s tributary -- rebuild xref --target kinetic-main',
    },
    {
      name: 'views',
      summary: 'The views of recon, from topics.',
      options: { 'forget-expired': { summary: 'also when the topics no longer hold all that the views count' }, ...json },
      example: 'npm run -s tributary -- rebuild views',
    },
    {
      name: 'lookups',
      summary:
        'What payments from before there were look-ups are found by (e-mail address, order), from topics. Beside recon at work; may be repeated.',
      options: json,
      example: 'npm run -s tributary -- rebuild lookups',
    },
    {
      name: 'digest',
      summary: 'Digests of the ledger and the cross-references. Changes nothing.',
      options: { ...rebuildTarget, ...json },
      example: 'npm run -s tributary -- rebuild digest --target kinetic-main',
      effect: 'reads',
    },
    {
      name: 'views-digest',
      summary: 'Digest of the views. Changes nothing.',
      options: json,
      example: 'npm run -s tributary -- rebuild views-digest',
      effect: 'reads',
    },
  ].map((command) => ({ exitCodes: rebuildExitCodes, ...command })),
};

const generatorExitCodes = { 0: 'done, or everything is current', 1: 'something is stale or refused', 2: 'the command line is wrong' };
const plainExitCodes = { 0: 'done', 1: 'failed', 2: 'the command line is wrong' };

const consoleOption = {
  console: {
    ...text('address'),
    summary: 'address of the console; default: TRIBUTARY_CONSOLE_URL, else the running stack, else http://127.0.0.1:4000',
  },
};
const token = {
  name: 'token',
  summary: 'Prints a token for scripts on the stack of this machine: it reads and orders nothing, for a day.',
  details: [
    'curl -H "authorization: Bearer $(npm run -s token)" http://127.0.0.1:4040/counts',
    'Tokens of another installation are made in its console; commands take them from TRIBUTARY_TOKEN or TRIBUTARY_TOKEN_FILE.',
  ],
  options: { hours: { ...count(), summary: 'how long it is good for; default 24' } },
  example: 'npm run -s token',
  exitCodes: { 0: 'printed', 2: 'the command line is wrong', 3: 'no stack was started here yet' },
  effect: 'reads',
};
const targets = {
  name: 'targets',
  summary: 'Connections to ledgers, and pauses of what they are sent.',
  details: ['What they lack: npm run -s check:targets. Pauses: docs/runbooks/erp-away.md'],
  commands: [
    ...targetPauses,
    {
      name: 'sign-in',
      summary:
        'Signs a person in at the issuer of a ledger: shows an address and a code, and keeps the sign-in in ERP_OAUTH_REFRESH_TOKEN_FILE.',
      details: ['Reads the same variables as `npm start`. How to: docs/how-to/sign-in-at-an-erp.md'],
      options: { target: { ...text('target'), summary: 'ledger whose issuer it is, for example kinetic-main' } },
      example: 'npm run -s tributary -- targets sign-in --target kinetic-main',
      exitCodes: {
        0: 'signed in',
        1: 'refused, expired, or not configured',
        2: 'the command line is wrong',
        3: 'the issuer does not answer',
      },
    },
  ],
};
const signIn = {
  name: 'sign-in',
  summary: 'Prints a link by which a browser signs in at the console, once and within 15 minutes.',
  options: consoleOption,
  example: 'npm run -s sign-in',
  exitCodes: { 0: 'printed', 1: 'the console refused it', 2: 'the command line is wrong', 3: 'the console does not answer' },
};
const consoleExitCodes = {
  0: 'done',
  1: 'the console refused it',
  2: 'the command line is wrong',
  3: 'the console does not answer',
};
const personId = { name: 'id', min: 1, max: 1, summary: 'id of a person, as `list` shows it' };
const role = { role: { ...text('role[@target]'), summary: 'a role, for one target or for all; may be given several times' } };
const people = {
  name: 'people',
  summary: 'Who may sign in at the console, and what they may do. For admins.',
  details: ['Roles and what they may do: docs/permissions.md'],
  commands: [
    {
      name: 'list',
      summary: 'People with their roles.',
      options: { json: { summary: 'print them as JSON' }, ...consoleOption },
      example: 'npm run -s tributary -- people list',
      effect: 'reads',
    },
    {
      name: 'add',
      summary: 'Adds a person and prints a link by which they sign in once.',
      arguments: { name: 'name', min: 1, max: 1, summary: 'name, as the audit trail shows it' },
      options: { login: { ...text('name'), summary: 'name that they sign in with' }, ...role, ...consoleOption },
      example: 'npm run -s tributary -- people add "Accounts" --login accounts --role accountant@kinetic-main',
    },
    {
      name: 'grant',
      summary: 'Replaces the roles of a person. Their sessions end and their tokens are withdrawn.',
      arguments: personId,
      options: { ...role, ...consoleOption },
      example: 'npm run -s tributary -- people grant <id> --role viewer --role approver@kinetic-main',
    },
    {
      name: 'lock',
      summary: 'Locks a person out.',
      arguments: personId,
      options: consoleOption,
      example: 'npm run -s tributary -- people lock <id>',
    },
    {
      name: 'unlock',
      summary: 'Lets a person in again.',
      arguments: personId,
      options: consoleOption,
      example: 'npm run -s tributary -- people unlock <id>',
    },
    {
      name: 'link',
      summary: 'Prints a link by which a person signs in once, e.g. because they forgot the password.',
      arguments: personId,
      options: consoleOption,
      example: 'npm run -s tributary -- people link <id>',
    },
  ].map((command) => ({ exitCodes: consoleExitCodes, ...command })),
};
const tokens = {
  name: 'tokens',
  summary: 'API tokens for commands and scripts: made, listed and withdrawn at the console.',
  commands: [
    {
      name: 'list',
      summary: 'Your tokens.',
      options: { everybody: { summary: 'those of all people; for admins' }, json: { summary: 'print them as JSON' }, ...consoleOption },
      example: 'npm run -s tributary -- tokens list',
      effect: 'reads',
    },
    {
      name: 'make',
      summary: 'Makes a token of yours and prints it, once. It may do no more than you may.',
      arguments: { name: 'name', min: 1, max: 1, summary: 'what it is for' },
      options: {
        scope: { ...text('permission,...'), summary: 'what it may do, e.g. payments.read,letters.read (docs/permissions.md)' },
        days: { ...count(), summary: 'how long it is good for; default 30, at most 366' },
        ...consoleOption,
      },
      example: 'npm run -s tributary -- tokens make "nightly report" --scope payments.read --days 90',
    },
    {
      name: 'withdraw',
      summary: 'Withdraws a token: services refuse it within seconds.',
      arguments: { name: 'id', min: 1, max: 1, summary: 'id of a token, as `list` shows it' },
      options: consoleOption,
      example: 'npm run -s tributary -- tokens withdraw <id>',
    },
  ].map((command) => ({ exitCodes: consoleExitCodes, ...command })),
};
const logLevel = {
  name: 'log-level',
  arguments: {
    name: 'service and level',
    min: 1,
    max: 2,
    summary: 'ingest, transform, erp-sink, recon or console; trace, debug, info, warn or error. Without a level: shows those of now',
  },
  summary: 'Sets the level of the log of a service for a time; the one of the configuration comes back by itself.',
  details: [
    'Of all its loggers, or of those whose names begin with --logger: what lines have as `context`. Without a level it names the loggers.',
    'It is that of the process which answers: with several pods name each by --url. ingest sets all of its workers.',
  ],
  options: {
    logger: { ...text('name'), summary: 'beginning of the names of the loggers that are meant, in any case, e.g. kafka; default: all' },
    for: { ...text('time'), summary: 'how long, e.g. 10m (default) or 2h; at most 4h' },
    reason: { ...text('text'), summary: 'why; required, and kept in the audit trail' },
    json: dlqCommon.json,
    url: { ...text('address'), summary: 'address of the service; default: the running stack, else TRIBUTARY_<SERVICE>_URL' },
  },
  example: 'npm run -s tributary -- log-level erp-sink debug --for 10m --reason "calls are slow"',
  exitCodes: { 0: 'set, or shown', 1: 'refused', 2: 'the command line is wrong', 3: 'the service does not answer' },
};
const doctor = {
  name: 'doctor',
  summary:
    'Asks an installation whether it is as it should be: services, Kafka and rights in it, registry, PostgreSQL, Stripe, clocks, certificates.',
  details: [
    'Reads KAFKA_BROKERS, SCHEMA_REGISTRY_URL and what protects both, and SERVICE_CA_FILE, as services do; PostgreSQL where DATABASE_URL or',
    'DATABASE_MIGRATION_URL is set, Stripe where STRIPE_API_KEY is, webhooks where STRIPE_ENDPOINTS is. Changes nothing, and prints no secret.',
    'Checks run side by side; each ends within 30 seconds, also where nobody answers. Findings and what to do: docs/installation-findings.md.',
    'Without options: the stack of this machine. This machine itself: npm run doctor.',
  ],
  options: {
    service: { ...text('name=address'), summary: 'where the health of a service is served, e.g. recon=http://recon:9000; once for each' },
    target: { ...text('name'), summary: 'ERP target that requests are posted to; once for each, all of them' },
    client: {
      ...text('name'),
      summary:
        'client of docs/acls.md whose variables these are, e.g. recon: whether it has the rights that it needs, in Kafka and PostgreSQL',
    },
    'broker-clock': {
      summary:
        'also the clocks of the brokers: writes a record to a topic that is made for it and deleted (needs Create, Write and Delete)',
    },
    json: { summary: 'print the findings as JSON' },
  },
  example: 'npm run -s tributary -- doctor --service recon=http://recon:9000 --target kinetic-main',
  exitCodes: { 0: 'nothing is missing (warnings may be there)', 1: 'something is missing or wrong', 2: 'the command line is wrong' },
  effect: 'reads',
};
const identity = {
  name: 'identity',
  summary: 'Keys by which services know who asks.',
  commands: [
    {
      name: 'keys',
      summary: 'Makes the keys of an installation in a folder that only you can read. Keys that are there are kept.',
      details: ['On this machine `npm start` does it by itself. Elsewhere the files become a Secret: deploy/helm/tributary/README.md'],
      arguments: { name: 'folder', min: 1, max: 1, summary: 'where to, e.g. keys; it is made when it is missing' },
      options: {},
      example: 'npm run -s tributary -- identity keys keys',
      exitCodes: plainExitCodes,
    },
  ],
};

/** @type {import('./table.d.mts').Command[]} */
export const commands = [
  {
    name: 'start',
    run: 'npm start',
    summary: 'Starts the stack on this machine and plays the demo day. Ctrl-C drains and stops it.',
    details: [
      'The day is followed by three short scenarios: payout-week, dispute-season, refund-storm (see `demo`).',
      'Installs packages and builds when that is needed. Configuration: .env.demo; every variable that the environment sets wins.',
      'All variables: docs/configuration.md. Ports: TRIBUTARY_PORT_<PART>.',
    ],
    options: {
      detach: { summary: 'start in the background and return when everything is ready' },
      'no-demo': { summary: 'do not play the demo day' },
      without: { ...text('part,part'), summary: 'leave parts out, e.g. emulator-stripe,emulator-epicor-kinetic' },
      targets: {
        ...text('name,name'),
        summary: 'ledgers to post to, of kinetic-main, sl-main, p21-main; default: all, or kinetic-main with --without or --assets',
      },
      assets: { ...text('folder'), summary: 'flows, mappings, profiles and tables of this folder instead of assets/' },
    },
    example: 'npm start -- --detach --no-demo',
    exitCodes: { 0: 'stopped in order, or running in the background', 1: 'did not come up', 2: 'the command line is wrong' },
  },
  {
    name: 'stop',
    run: 'npm run stop',
    summary: 'Drains and stops the stack; also ends processes that a killed run left behind.',
    options: {},
    example: 'npm run stop',
    exitCodes: plainExitCodes,
  },
  {
    name: 'status',
    run: 'npm run status',
    summary: 'Whether the stack runs and is ready, and what became of the events so far.',
    options: { json: { summary: 'print it as JSON: ready, phase, services, counts, written, books, day' } },
    example: 'npm run -s status -- --json',
    exitCodes: { 0: 'ready', 1: 'not ready yet', 2: 'the command line is wrong', 3: 'not running' },
    effect: 'reads',
  },
  {
    name: 'reset',
    run: 'npm run reset',
    summary: 'Stops the stack and deletes everything that it stored, except the downloads.',
    options: {},
    example: 'npm run reset',
    exitCodes: plainExitCodes,
  },
  {
    name: 'logs',
    run: 'npm run logs',
    summary: 'Shows the log of one part, or searches the logs of all parts for one payment.',
    arguments: { name: 'part', min: 0, max: 1, summary: 'name of a part, e.g. erp-sink; without one: all parts' },
    options: {
      follow: { short: 'f', summary: 'keep printing new lines' },
      pretty: { summary: 'print each JSON line as time, level, part and message' },
      payment: { ...text('id'), summary: 'only lines about this payment: any of its ids (event, charge, payment, posting key)' },
      lines: { ...count(), summary: 'at most this many of the newest lines of each part; default 200, with --payment all' },
    },
    example: 'npm run logs -- --payment ch_123 --pretty',
    exitCodes: { 0: 'shown', 1: 'there is no such log', 2: 'the command line is wrong' },
    effect: 'reads',
  },
  { ...signIn, run: 'npm run -s sign-in' },
  { ...token, run: 'npm run -s token' },
  {
    name: 'demo',
    run: 'npm run demo',
    summary: 'Plays a scenario of the Stripe emulator on the running stack, and shows its progress.',
    details: [
      'Without --scenario it lists the scenarios. The same seed is the same story; a scenario may be played more than once.',
      'Each takes a few seconds for weeks of its own time, which ends about now.',
    ],
    options: {
      scenario: { ...text('name'), summary: 'name of a scenario, e.g. payout-week' },
      seed: { ...count(), summary: 'another story of the same kind; default 20261121' },
    },
    example: 'npm run demo -- --scenario payout-week',
    exitCodes: {
      0: 'played to its end, or listed',
      1: 'the emulator refused it, or a step failed',
      2: 'the command line is wrong',
      3: 'the stack or its Stripe emulator is not running',
    },
  },
  {
    name: 'doctor',
    run: 'npm run doctor',
    summary: 'Checks whether this machine can run the stack, and says how to get what is missing.',
    options: {},
    example: 'npm run doctor',
    exitCodes: { 0: 'nothing is missing', 1: 'something is missing', 2: 'the command line is wrong' },
    effect: 'reads',
  },
  {
    name: 'check:targets',
    run: 'npm run check:targets',
    summary: 'Tests the Stripe key and every ledger of the configuration, and what the posting profiles need there.',
    details: [
      'Checks mode and permissions of the Stripe key; of every ledger the address, certificate, login, licence, rights, services, custom fields, accounts, period, version, clock and zone.',
      'Each finding has a code (docs/target-findings.md); what a ledger gives no way to know is a finding, too.',
      'Reads the same variables as `npm start`. Changes nothing in Stripe or the ERP.',
    ],
    options: {
      assets: { ...text('folder'), summary: 'check the posting profiles of this folder instead of TRIBUTARY_ASSETS_DIR or assets/' },
      json: { summary: 'print the findings as JSON' },
    },
    example: 'npm run -s check:targets -- --assets my-assets',
    exitCodes: { 0: 'nothing is missing', 1: 'something is missing or wrong', 2: 'the command line is wrong' },
    effect: 'reads',
  },
  {
    name: 'sbom',
    run: 'npm run sbom',
    summary: 'Writes the bill of materials (CycloneDX): every package that a user receives, with its hash and licence.',
    details: ['Fails when a package of the lock file is missing in it, or has no hash or no licence. Asks no registry.'],
    options: { out: { ...text('file'), summary: 'where to write it; default: .tributary/sbom.cdx.json' } },
    example: 'npm run -s sbom -- --out sbom.cdx.json',
    exitCodes: { 0: 'written', 1: 'not complete', 2: 'the command line is wrong' },
  },
  {
    name: 'release',
    run: 'npm run release --',
    summary:
      'Makes the files of a release: sources, charts, images (--images), bill of materials, checksums and provenance (in-toto, SLSA).',
    details: [
      'RELEASE_KEY_FILE names an Ed25519 key (PEM) that signs the provenance; RELEASE_PUBLIC_KEY_FILE one that --verify asks for.',
      'Nothing is published, and no tag is made: docs/upgrading.md.',
    ],
    options: {
      'dry-run': { summary: 'of the commit that is checked out, whatever it is' },
      out: { ...text('folder'), summary: 'where to write; emptied first; default: .tributary/release' },
      images: { summary: 'also the images, each as an OCI archive; needs a Docker engine that answers' },
      verify: { ...text('folder'), summary: 'make nothing, and compare the files there with their checksums and provenance' },
    },
    example: 'npm run -s release -- --dry-run',
    exitCodes: {
      0: 'made, or as it should be',
      1: 'no release, or not as it should be',
      2: 'the command line is wrong',
      3: 'no Docker engine answers',
    },
  },
  {
    name: 'tributary',
    run: 'npm run -s tributary --',
    summary: 'Commands for operators.',
    commands: [
      today,
      books,
      figures,
      totals,
      dlq,
      find,
      payment,
      posting,
      calls,
      exported,
      settings,
      groups,
      targets,
      audit,
      customers,
      notifications,
      eventCommands,
      erase,
      rebuild,
      identity,
      people,
      tokens,
      { ...token, example: 'npm run -s tributary -- token' },
      { ...signIn, example: 'npm run -s tributary -- sign-in' },
      doctor,
      logLevel,
      {
        name: 'acls',
        summary: 'Prints the rights in Kafka that the clients of an installation need (docs/acls.md), or grants them with --apply.',
        options: {
          target: { ...text('name'), summary: 'ERP target that requests are posted to; once for each, all of them' },
          principal: {
            ...text('client=principal'),
            summary: 'who a client of docs/acls.md is in Kafka, e.g. recon=User:recon; once for each',
          },
          strimzi: { ...text('cluster'), summary: 'print KafkaUser resources of this cluster instead of lines for kafka-acls.sh' },
          apply: {
            summary:
              'show what is missing in the brokers of KAFKA_BROKERS, ask, and grant it; the connection is one of a user who may change rights',
          },
          prune: { summary: 'with --apply: take away what these principals are allowed beyond that' },
          yes: { short: 'y', summary: 'do not ask for confirmation' },
        },
        example: 'npm run -s tributary -- acls --target kinetic-main --principal ingest=User:ingest --principal recon=User:recon',
        exitCodes: { 0: 'printed, or granted', 1: 'the brokers do not take it', 2: 'the command line is wrong', 4: 'not confirmed' },
      },
      {
        name: 'database',
        summary: 'Roles in PostgreSQL (docs/how-to/database-roles.md).',
        commands: [
          {
            name: 'roles',
            summary: 'Prints the statements that give every service a role of its own, with the rights to its schema and no others.',
            options: {
              role: {
                ...text('service=role'),
                summary: 'role of a service that keeps something, e.g. recon=tributary_recon; once for each',
              },
              owner: {
                ...text('role'),
                summary: 'role that owns the schemas and makes their tables; default: that of DATABASE_MIGRATION_URL',
              },
              apply: { summary: 'run them over DATABASE_MIGRATION_URL, in one transaction, instead of printing them; may be repeated' },
            },
            example:
              'npm run -s tributary -- database roles --owner tributary --role transform=tributary_transform --role erp-sink=tributary_erp_sink --role recon=tributary_recon --role console=tributary_console',
            exitCodes: { 0: 'printed or done', 1: 'PostgreSQL refused, nothing was changed', 2: 'the command line is wrong' },
          },
        ],
      },
      {
        name: 'assets',
        summary: 'Checks of flows, mappings, profiles and tables.',
        commands: [
          {
            name: 'check',
            summary: 'Checks a folder of assets without starting anything: one line per cause, the cause first.',
            arguments: { name: 'folder', min: 0, max: 1, summary: 'folder to check; default: TRIBUTARY_ASSETS_DIR, else assets' },
            options: {
              against: {
                ...text('folder'),
                summary: 'warn where a sourceId differs from this folder; default: the last commit (git HEAD)',
              },
              json: { summary: 'print the findings as JSON' },
            },
            example: 'npm run -s tributary -- assets check my-assets --against assets',
            exitCodes: { 0: 'no error (warnings may be there)', 1: 'an error', 2: 'the command line is wrong' },
            effect: 'reads',
          },
        ],
      },
    ],
  },
  {
    name: 'test',
    run: 'npm test',
    summary: 'Runs every check of the project and ends with `N passed, N failed`.',
    options: {
      only: { ...text('name,name'), summary: 'only these checks' },
      list: { summary: 'print the names of all checks' },
    },
    example: 'npm test -- --only unit,lint',
    exitCodes: { 0: 'all passed', 1: 'something failed', 2: 'the command line is wrong' },
  },
  {
    name: 'sim',
    run: 'npm run sim --',
    summary: 'Simulates the pure core under a virtual clock with seeded faults, and checks every invariant.',
    options: {
      seeds: { ...count(), summary: 'run this many seeds; exit code 1 when an invariant is violated' },
      from: { ...count(), summary: 'first seed; default 1' },
      resume: { summary: 'continue where results/<name>.json ended' },
      name: { ...text('name'), summary: 'keep the result as results/<name>.json' },
      seed: { ...count(), summary: 'run one seed' },
      trace: { summary: 'print what happened; with --model, the way to each planted bug' },
      fault: { ...text('name'), summary: 'only this fault; may be given several times' },
      mutants: { summary: 'check that every planted bug is caught' },
      most: { ...count(), summary: 'seeds per planted bug; default 4000' },
      model: { summary: 'model-check the posting protocol and chains of documents, breadth first' },
      full: { summary: 'with --model: one more fault in each chain; some minutes, 3 GB' },
      books: { summary: 'the simulation of the books: documents with lines, needs, batches and periods' },
      report: { summary: 'print Markdown from the kept results' },
    },
    example: 'npm run sim -- --seed 7 --trace',
    exitCodes: { 0: 'every invariant held', 1: 'violated', 2: 'the command line is wrong' },
  },
  {
    name: 'chaos',
    run: 'npm run chaos --',
    summary: 'Runs the real stack under load, kills and freezes its parts at random, then compares the books.',
    options: {
      rounds: { ...count(), summary: 'how many rounds; default 5' },
      seed: { ...count(), summary: 'the plan and the load follow from it; default 1' },
      round: { ...count(), summary: 'only this round of the seed' },
      brokers: { ...text('1|3'), choices: ['1', '3'], summary: 'size of the Kafka cluster; default 1' },
      minutes: { ...count(), summary: 'no further round begins after this' },
      record: { summary: 'keep the results in proof/chaos/results/campaign-*.json' },
    },
    example: 'npm run chaos -- --rounds 5',
    exitCodes: { 0: 'every round held', 1: 'a round failed', 2: 'the command line is wrong' },
  },
  {
    name: 'bench',
    run: 'npm run bench --',
    summary: 'Measures throughput, latency and memory beside what would be used instead.',
    options: {
      quick: { summary: 'shorter measurements' },
      only: { ...text('row,row'), summary: 'only these rows' },
    },
    example: 'npm run bench -- --quick',
    exitCodes: { 0: 'measured', 1: 'a row failed', 2: 'the command line is wrong' },
  },
  {
    name: 'proof:rebuild',
    run: 'npm run proof:rebuild --',
    summary: 'Loses a posting ledger on purpose and rebuilds it: real Kafka, PostgreSQL and ERP emulator.',
    options: {
      postings: { ...count(), summary: 'size of the ledger; default 100000' },
      record: { summary: 'keep the result' },
    },
    example: 'npm run proof:rebuild -- --postings 1000',
    exitCodes: { 0: 'the same ledger came back', 1: 'it did not', 2: 'the command line is wrong' },
  },
  {
    name: 'proof:restore',
    run: 'npm run proof:restore --',
    summary: 'Walks the runbook of backup and restore: loses the database, then the topics, and looks that nothing is lost or there twice.',
    details: ['Needs PostgreSQL with pg_dump and pg_restore on this machine (Debian: the package postgresql).'],
    options: {
      payments: { ...count(), summary: 'payments before the backup; default 200' },
      record: { summary: 'keep the result' },
    },
    example: 'npm run proof:restore -- --payments 20',
    exitCodes: { 0: 'everything came back', 1: 'it did not', 2: 'the command line is wrong', 3: 'there is no pg_dump here' },
  },
  {
    name: 'proof:books',
    run: 'npm run proof:books --',
    summary:
      'Books every case of a Stripe account into every ledger and compares it to the cent, plain and with every fault at every call.',
    options: {
      target: { ...text('name'), summary: 'this ledger only; may be given several times; default: all' },
      cell: { ...text('name'), summary: 'one case only' },
      plain: { summary: 'without faults' },
      writes: { ...text('way'), summary: 'how one ledger is written to, e.g. Kinetic: dataset (default), steps or function' },
      record: { summary: 'write docs/coverage.md from the runs, when all cells of all ledgers ran' },
    },
    example: 'npm run proof:books -- --cell refund-partial',
    exitCodes: { 0: 'all as in the golden files', 1: 'something is not', 2: 'the command line is wrong' },
  },
  {
    name: 'proof:console',
    run: 'npm run proof:console --',
    summary:
      'Measures the console: how fast recon answers it with 1,000,000 payments in PostgreSQL, and in Chromium its pages, budgets and scripts.',
    details: [
      'views: searches, lists, totals and the desk. Takes some minutes and about 10 GB of disk.',
      'pages: every page in both themes against WCAG, when the first one can be used, how a list scrolls, ten questions of an accountant. On the running stack, else one is started.',
      'scripts: the ten questions and an incident of 400 failures, with the number of actions.',
      'Other work on the machine is in the figures: run it alone.',
    ],
    options: {
      quick: { summary: 'only the views, with 20,000 payments: shows that it works, judges no figure' },
      only: { ...text('part'), summary: 'views, pages or scripts' },
      screenshots: { summary: 'only takes the pictures of docs/images/console, of the running stack' },
    },
    example: 'npm run proof:console -- --quick',
    exitCodes: { 0: 'every goal is reached', 1: 'one is missed, or something was not answered', 2: 'the command line is wrong' },
  },
  {
    name: 'new:connector',
    run: 'npm run new:connector --',
    summary: 'Makes the folder of a connector to one more ERP: a skeleton, its cases, its assets and its entry in the registry of targets.',
    details: ['Needs no network. The walk from there to a posted receipt: docs/how-to-add-an-erp.md.'],
    arguments: { name: 'name', min: 1, max: 1, summary: 'kind of target, e.g. my-ledger: small letters, digits, hyphens' },
    example: 'npm run new:connector -- my-ledger',
    exitCodes: { 0: 'made', 1: 'nothing was made: the name is wrong or taken', 2: 'the command line is wrong' },
  },
  {
    name: 'proof:connectors',
    run: 'npm run proof:connectors --',
    summary: 'Runs the conformance cases of every connector over HTTP, and seeds bugs into it that the cases have to notice.',
    options: { connector: { ...text('name'), summary: 'this connector only, e.g. rest; default: all' } },
    example: 'npm run proof:connectors -- --connector rest',
    exitCodes: { 0: 'all cases passed and enough bugs were noticed', 1: 'not so', 2: 'the command line is wrong' },
  },
  {
    name: 'proof:contracts',
    run: 'npm run proof:contracts --',
    summary:
      'Publishes random records of every schema and reads them in Java, Python and TypeScript; checks topics, schemas and documents for data teams against a running registry.',
    options: { records: { ...count(), summary: 'random records of every schema; default: 1000' } },
    example: 'npm run proof:contracts',
    exitCodes: {
      0: 'every reader decoded every record to what was published, and every document fits',
      1: 'not so',
      2: 'the command line is wrong',
    },
  },
  {
    name: 'proof:helm',
    run: 'npm run proof:helm --',
    summary:
      "Installs the Helm chart on a real Kubernetes and plays a merchant's day into it while pods are killed and the release is upgraded and rolled back.",
    options: { keep: { summary: 'leave everything installed' } },
    example: 'npm run proof:helm',
    exitCodes: {
      0: 'all passed; without a cluster, which it says, the tests of the chart',
      1: 'something did not',
      2: 'the command line is wrong',
    },
  },
  {
    name: 'proof:dashboards',
    run: 'npm run proof:dashboards --',
    summary:
      "Asks a real Prometheus every query of the chart's dashboards while the demo's scenarios are played; each panel shows something, or has a reason.",
    details: ['On the running stack, else one is started. Prometheus: PROMETHEUS_PATH, or beside PROMTOOL_PATH.'],
    options: { pictures: { summary: 'also draws docs/images/dashboard-*.svg' } },
    example: 'npm run proof:dashboards -- --pictures',
    exitCodes: {
      0: 'every panel was answered',
      1: 'one was not, or is empty without a reason',
      2: 'there is no Prometheus, or the command line is wrong',
    },
  },
  {
    name: 'proof:alerts',
    run: 'npm run proof:alerts',
    summary:
      'Lets every alert for Prometheus fire and end on recorded series, with promtool, and breaks each rule, which that has to notice.',
    example: 'npm run proof:alerts',
    exitCodes: { 0: 'all fired and ended', 1: 'one did not, or a broken rule was not noticed', 2: 'promtool is missing' },
  },
  {
    name: 'proof:security',
    run: 'npm run proof:security --',
    summary: 'Runs the tests of the 28 security checks, then opens holes in a copy of the sources: each has to turn its test red.',
    options: {
      check: { ...text('numbers'), summary: 'only these checks, comma separated' },
      record: { summary: 'record the result for docs/security.md' },
    },
    example: 'npm run proof:security -- --check 1,11',
    exitCodes: { 0: 'every test passed and every hole was noticed', 1: 'something did not', 2: 'the command line is wrong' },
  },
  {
    name: 'contracts:generate',
    run: 'npm run contracts:generate --',
    summary: 'Writes types, docs/topics.md and docs/data from the schemas in libs/contracts/schemas.',
    options: {
      check: { summary: 'write nothing; exit code 1 when a file is stale or a schema is not in the history' },
      accept: { summary: 'also write the next version of every changed schema into libs/contracts/history' },
    },
    example: 'npm run -s contracts:generate -- --check',
    exitCodes: generatorExitCodes,
  },
  {
    name: 'contracts:register',
    run: 'npm run contracts:register --',
    summary: 'Registers every schema and sets the rule FULL_TRANSITIVE on its subject.',
    options: {
      registry: { ...text('url'), summary: 'Confluent-compatible address; default: SCHEMA_REGISTRY_URL, else the local stack' },
      target: { ...text('name'), summary: 'target whose posting topic gets its schema; may be given several times' },
      deadline: { ...count('seconds'), summary: 'how long to wait for a registry that is away; default 90' },
    },
    example: 'npm run contracts:register -- --registry http://127.0.0.1:18181/apis/ccompat/v7',
    exitCodes: { 0: 'all registered', 1: 'a schema was refused', 2: 'the command line is wrong', 3: 'the registry does not answer' },
  },
  {
    name: 'docs:generate',
    run: 'npm run docs:generate --',
    summary: 'Writes the generated pages of docs/.',
    options: { check: { summary: 'write nothing; exit code 1 when a page is stale' } },
    example: 'npm run -s docs:generate -- --check',
    exitCodes: generatorExitCodes,
  },
  {
    name: 'build',
    run: 'npm run build --',
    summary: 'Compiles every project to its dist folder, only files that changed. Types are not checked.',
    options: { force: { summary: 'compile everything' } },
    example: 'npm run build -- --force',
    exitCodes: plainExitCodes,
  },
];
