/**
 * What codes mean and what to do about them, by code. Meanings are needed for every code that neither is an error class with a docstring
 * nor stands in `outcomeCodes` of libs/posting. The page and its test read it (error-codes.ts).
 */
export interface CodeText {
  /** Absent: the docstring of the error class, or the text of `outcomeCodes`. */
  readonly meaning?: string;
  readonly action: string;
}

const held = 'Decide in the dead letters: [held postings](runbooks/held-postings.md).';
const waits = 'Nothing: the partition waits and goes on by itself.';
const fixAndReplay = 'Correct the cause, then replay the [dead letter](runbooks/dead-letters.md).';
const sender = 'Correct the sender; Stripe delivers again for three days.';
const strangers = 'Runbook: [facts of strangers](runbooks/facts-of-strangers.md).';
const signature = 'Compare the secret of the endpoint in the Stripe dashboard with STRIPE_ENDPOINTS.';
const erpAway = 'Runbook: [ERP away](runbooks/erp-away.md).';

/** Meaning and action of every error code that its class does not describe. */
export const codeCatalogue: Readonly<Record<string, CodeText>> = {
  // Refused deliveries: one class, a code each.
  'ingest.busy': {
    meaning: 'The limit of bodies that are held at once is reached while Kafka has not acknowledged them.',
    action: 'Nothing at first: Stripe delivers again. When it lasts: [Kafka away](runbooks/kafka-away.md).',
  },
  'ingest.defect': {
    meaning: 'A defect of ingest while it took a delivery. Nothing was stored.',
    action: 'Read the log of ingest and report it; Stripe delivers again.',
  },
  'ingest.kafka-away': {
    meaning: 'Kafka did not acknowledge the delivery in time.',
    action: '[Kafka away](runbooks/kafka-away.md). Stripe delivers again.',
  },
  // Records of topics that are shown (ADR 0080).
  'message.erased': {
    meaning: 'The customer of the message was erased after it came: texts about people are shown to nobody.',
    action: 'Nothing: ids and amounts are shown. The topic forgets the record at its age ([retention](retention.md)).',
  },
  'message.gone': {
    meaning: 'The record of a message is older than its topic keeps records, or was not found near the time that it was made.',
    action: 'Nothing: what was made of it stays. How long each topic keeps its records: [retention](retention.md).',
  },
  'message.topic-silent': {
    meaning: 'Kafka did not give a record that was to be shown, in time or at all.',
    action: 'Try again. When it lasts: [Kafka away](runbooks/kafka-away.md); when it says that access is refused: [rights](acls.md).',
  },
  'message.topic-unreadable': {
    meaning: 'recon may not read the topic, so the fact is shown as transform makes it now of the stored webhook.',
    action: 'Nothing: it is the same fact. With TRANSFORM_URL unset it is not shown; set it for recon.',
  },
  'message.unknown': {
    meaning: 'No message is known by the id, or it belongs to another target.',
    action: 'Look for it by another id: `tributary events list`.',
  },
  'message.unreadable': {
    meaning: 'The bytes of a record do not fit the schema that they name, or a webhook is no event of Stripe.',
    action:
      'Compare the schema in the registry with docs/data; for a message that was refused there is a [dead letter](runbooks/dead-letters.md).',
  },
  'stripe.body-empty': { meaning: 'The delivery has no body.', action: sender },
  'stripe.body-nested': { meaning: 'The body is nested deeper than any event of Stripe.', action: sender },
  'stripe.body-not-json': { meaning: 'The body is not JSON.', action: sender },
  'stripe.body-not-utf8': { meaning: 'The body is not UTF-8.', action: sender },
  'stripe.body-repeated-key': {
    meaning:
      'A key stands twice in one object of the body, which readers of JSON see differently. Stripe is not known to send such a body.',
    action: `${sender} If it is Stripe itself, report the event: nothing of it is stored.`,
  },
  'stripe.body-too-large': {
    meaning: 'The body is longer than INGEST_BODY_LIMIT_BYTES.',
    action: 'Raise INGEST_BODY_LIMIT_BYTES when it is a real event.',
  },
  'stripe.endpoint-unknown': {
    meaning: 'No endpoint of this name is configured.',
    action: 'Add it to STRIPE_ENDPOINTS, or correct the address in the Stripe dashboard.',
  },
  'stripe.method-not-allowed': { meaning: 'Only POST is allowed at a webhook address.', action: sender },
  'stripe.not-an-event': { meaning: 'The body is JSON, and no Stripe event.', action: sender },
  'stripe.request-unusable': { meaning: 'The HTTP request cannot be read.', action: sender },
  'stripe.signature-from-future': {
    meaning: 'The signature is dated later than STRIPE_SIGNATURE_FUTURE_S allows.',
    action: 'Check the clock of this machine.',
  },
  'stripe.signature-malformed': {
    meaning: 'The header Stripe-Signature cannot be read.',
    action: 'Check proxies between Stripe and ingest: they must pass the header on.',
  },
  'stripe.signature-mismatch': {
    meaning: 'No secret of the endpoint gives this signature.',
    action: `${signature} A proxy that changes the body has the same effect.`,
  },
  'stripe.signature-missing': { meaning: 'The header Stripe-Signature is absent.', action: 'Only Stripe delivers here; check proxies.' },
  'stripe.signature-too-old': {
    meaning: 'The signature is older than STRIPE_SIGNATURE_TOLERANCE_S.',
    action: 'Check the clock of this machine; a replayed delivery has to be signed anew.',
  },
  'stripe.thin-event': {
    meaning: 'A thin event (API v2): it does not hold its object.',
    action: 'Create the endpoint for snapshot events.',
  },
  'stripe.wrong-account': {
    meaning: 'The event is of another account than the endpoint is for.',
    action: 'Correct `account` in STRIPE_ENDPOINTS, or the endpoint in Stripe.',
  },
  'stripe.wrong-mode': {
    meaning: 'A test event at a live endpoint, or the reverse.',
    action: 'Correct `livemode` in STRIPE_ENDPOINTS, or the endpoint in Stripe.',
  },

  // Seals.
  'payload.key-missing': { action: 'Runbook: [keys of stored payloads](runbooks/payload-keys.md).' },
  'payload.unreadable': { action: 'Runbook: [keys of stored payloads](runbooks/payload-keys.md).' },
  'fact.seal-missing': { action: strangers },
  'fact.seal-wrong': { action: strangers },

  // Results of postings.
  'posting.outcome-unknown': {
    action: `It is looked up again by itself. ${held}`,
  },
  'posting.attempts-exhausted': {
    action: held,
  },
  'posting.duplicate-found': {
    action: `Reverse one of them in the target. ${held}`,
  },
  'posting.batch-failed': {
    action: `Correct the cause in the target, then replay: the batch is released again. ${held}`,
  },
  'posting.batch-outcome-unknown': { action: held },
  'posting.dependency': {
    action: 'Nothing, unless the other one is a dead letter: decide that one.',
  },
  'posting.reference-missing': {
    action: fixAndReplay,
  },
  'posting.unbalanced': {
    action: 'Correct `effect` of the flow, or the amounts it is made of, then replay.',
  },
  'posting.period-closed': {
    meaning:
      'Held: the posting date lies in a closed fiscal period of the target, and it is not to be moved, or no later period is open, or the target refused it because of its period.',
    action: `Open the period in the target and replay, or skip. ${held}`,
  },
  'posting.periods-unknown': {
    meaning: 'Not sent: the request names a policy for closed periods, and the target has not told its fiscal periods yet.',
    action: waits,
  },
  'posting.reference-misplaced': {
    meaning: 'Rejected: a reference names a line that the document does not have.',
    action: 'Correct `lines` or `references` of the mapping, then replay.',
  },
  'posting.half-done': { action: `Complete it or delete it in the target, then replay. ${held}` },
  'posting.need-never-asked': { action: `Find out why the other document was not asked for. ${held}` },
  'posting.amount-differs': { action: `Compare the amounts in Stripe and the ERP. ${held}` },
  'posting.nothing-to-change': { action: 'Nothing.' },
  'posting.held': { meaning: 'The posting waits for a person; the code that led there is not known any more.', action: held },
  'erp.throttled': { action: 'Nothing: it is tried again when the target allows it.' },
  'erp.conflict': { action: 'Nothing: it is tried again.' },

  // Conflicts that a rebuild finds; the posting is held.
  'rebuild.duplicate': {
    meaning: 'A rebuild found several documents with one posting key in the ERP.',
    action: 'Runbook: [rebuild](runbooks/rebuild.md).',
  },
  'rebuild.absent': {
    meaning: 'A rebuild found an outcome that says posted, and no document in the ERP.',
    action: 'Runbook: [rebuild](runbooks/rebuild.md).',
  },
  'rebuild.different': {
    meaning: 'A rebuild found another document under the posting key than the one that was posted.',
    action: 'Runbook: [rebuild](runbooks/rebuild.md).',
  },

  // Kinetic.
  'kinetic.unavailable': { meaning: 'Kinetic, or a proxy before it, answers that it cannot work now.', action: erpAway },
  'kinetic.unreachable': { meaning: 'Nobody listens at the address of Kinetic: nothing was sent.', action: erpAway },
  'kinetic.silent': { meaning: 'Kinetic gave no answer that can be read to a question.', action: erpAway },
  'kinetic.session-lost': { meaning: 'The session of the integration ended.', action: 'Nothing: it logs in again.' },
  'kinetic.not-set-up': {
    meaning: 'Kinetic refuses a look-up: a column, a BAQ or an access scope is missing.',
    action: '`npm run -s check:targets` names what is missing.',
  },
  'kinetic.business-rule': {
    meaning: 'Kinetic refuses the document by a rule of its own, e.g. a closed period.',
    action: `Read its text. ${fixAndReplay}`,
  },
  'kinetic.invalid-request': {
    meaning: 'Kinetic does not understand the request.',
    action: 'Check the mapping with `dlq dry-run`; then report it.',
  },
  'kinetic.row-refused': { meaning: 'Kinetic answered 200 and refused the row.', action: `Read its text. ${fixAndReplay}` },
  'kinetic.update-did-not-run': { meaning: 'Kinetic answered 200 and did not store the document.', action: fixAndReplay },
  'kinetic.kind-unknown': { meaning: 'This connector does not post documents of that kind.', action: 'Correct `document` in the flow.' },
  'kinetic.field-invalid': {
    meaning: 'A value is not of the type of its column.',
    action: 'Correct the mapping or the profile, then replay.',
  },
  'kinetic.batch-missing': { meaning: 'A document came without the group that it is entered in: a defect.', action: 'Report it.' },
  'kinetic.line-invalid': {
    meaning: 'A line belongs to a table that the document does not have, or an account to no line.',
    action: 'Correct the lines of the mapping, then replay.',
  },
  'kinetic.lines-missing': {
    meaning: 'Kinetic answered 200 and left lines out.',
    action: 'Nothing at first: the missing lines are written. When it lasts, look for a directive (BPM) of the site that removes them.',
  },
  'kinetic.released': {
    meaning: 'The document is in the general ledger and cannot be deleted.',
    action: 'Reverse it in Kinetic by a document of its own.',
  },
  'kinetic.released-incomplete': {
    meaning: 'The document was posted without all of its lines.',
    action: `Correct it in Kinetic by a document of its own. ${held}`,
  },
  'kinetic.function-refused': {
    meaning: 'The Epicor Function of the site refused the document.',
    action: `Read its text. ${fixAndReplay}`,
  },
  'kinetic.application-source-missing': {
    meaning: 'An application names neither a credit memo nor a receipt.',
    action: 'Correct the mapping, then replay.',
  },
  'kinetic.no-remainder': {
    meaning: 'The receipt whose remainder is to be applied left none.',
    action: `See in Kinetic what the receipt was applied to. ${held}`,
  },
  'kinetic.rate-inexact': {
    meaning: 'No exchange rate of ten decimals turns the amount of the receipt into the amount that was settled.',
    action: 'Enter this receipt by hand.',
  },
  'kinetic.group-mismatch': {
    meaning: 'The group of that id exists for another bank account, currency or date.',
    action: 'Rename or post that group in Kinetic, then replay.',
  },
  'kinetic.posting-failed': {
    meaning: 'Kinetic could not post the group; its log says why.',
    action: `Correct the cause in Kinetic, then replay. ${held}`,
  },
  'kinetic.customer-ambiguous': { meaning: 'Several customers match.', action: `Resolve with the CustNum of the right one. ${held}` },
  'kinetic.customer-taken': {
    meaning: 'The customer that matches stands for another Stripe customer already.',
    action: `Resolve with its CustNum when it is the same, or create another one. ${held}`,
  },
  'kinetic.customer-id-taken': { meaning: 'The CustID for a new customer belongs to another one.', action: held },

  // Prophet 21.
  'sl.unavailable': { meaning: 'The web layer of Dynamics SL, or a proxy before it, answers that it cannot work now.', action: erpAway },
  'sl.unreachable': { meaning: 'Nobody listens at the address of the web layer: nothing was sent.', action: erpAway },
  'sl.silent': { meaning: 'The web layer gave no answer that can be read to a question.', action: erpAway },
  'sl.not-set-up': {
    meaning: 'The site lacks what a call needs: a view, a service, or the name of a door where swagger is not served.',
    action: 'README of the connector, "What the site installs"; the text says which.',
  },
  'sl.business-rule': { meaning: 'Dynamics SL refuses the document by a rule of its own.', action: `Read its text. ${fixAndReplay}` },
  'sl.period-closed': {
    meaning:
      'The fiscal period of the document is closed. SL tells no periods beforehand, so this is its refusal; the posting is held by it (`posting.period-closed`).',
    action: 'Open the period in SL and replay, or book it by hand and skip.',
  },
  'sl.kind-unknown': {
    meaning: 'The connector to Dynamics SL posts no documents of that kind.',
    action: 'Correct `document` in the flow.',
  },
  'sl.too-long': {
    meaning: 'A text is longer than its column. SL would cut it without a word, so nothing was sent.',
    action: 'Shorten it in the mapping with `truncate()`, or leave out what does not fit, then replay.',
  },
  'sl.field-invalid': {
    meaning: 'A field is missing or not of the type of its column in SL.',
    action: 'Correct the mapping, then replay.',
  },
  'sl.amount-not-exact': {
    meaning: 'SL keeps amounts as doubles, and this one is not exact as one. Nothing was sent.',
    action: `Enter the document by hand. ${held}`,
  },
  'sl.totals-differ': {
    meaning: 'The amount of a document is not the sum of its lines, or a journal does not balance. Nothing was sent.',
    action: 'Correct the mapping, then replay.',
  },
  'sl.settlement-currency': {
    meaning: 'A payment in one currency was settled in another that is not the currency of the ledger.',
    action: 'Enter the payment by hand, then skip; or set `fx: off` in the profile.',
  },
  'sl.beyond-balance': {
    meaning: 'An application is larger than the open balance of one of its documents. Nothing was sent.',
    action: `Look at both documents in SL. ${fixAndReplay}`,
  },
  'sl.line-dropped': {
    meaning: 'SL answered that all is stored, and a line is missing or there twice.',
    action: 'Nothing at first: it is finished line by line. When that fails: look at the document in SL.',
  },
  'sl.reference-taken': {
    meaning: 'The number for a new document belongs to another one of the same customer.',
    action: `Give the other one another number in SL, then replay. ${held}`,
  },
  'sl.release-refused': {
    meaning: 'A batch is still on hold after its release; SL says why, or nothing.',
    action: 'Correct the cause in SL, then replay: the batch is released again.',
  },
  'sl.batch-stuck': {
    meaning: 'A batch is suspended (status S), or was voided: it is not released again from here.',
    action: 'Release it in SL, or put it back on hold and replay.',
  },
  'sl.customer-ambiguous': {
    meaning: 'Several customers of Dynamics SL match.',
    action: `Resolve with the CustId of the right one. ${held}`,
  },
  'sl.customer-taken': {
    meaning: 'User1 of the customer that matches names another Stripe customer already.',
    action: `Resolve with its CustId when it is the same one, else create another. ${held}`,
  },
  'sl.customer-id-taken': { meaning: 'The CustId for a new customer belongs to another one.', action: held },
  'p21.unavailable': { meaning: 'Prophet 21, or a proxy before it, answers that it cannot work now.', action: erpAway },
  'p21.unreachable': { meaning: 'Nobody listens at the address of Prophet 21: nothing was sent.', action: erpAway },
  'p21.silent': { meaning: 'Prophet 21 gave no answer that can be read to a question.', action: erpAway },
  'p21.not-set-up': {
    meaning: 'Prophet 21 refuses a look-up: a table, a column or a right is missing, or OData was not refreshed.',
    action: 'Read its text; the README of the connector names what the integration reads.',
  },
  'p21.ui-server': { meaning: 'The router of Prophet 21 names no address of a UI server.', action: 'Set `P21_UI_URL`.' },
  'p21.business-rule': { meaning: 'Prophet 21 refuses the document by a rule of its own.', action: `Read its text. ${fixAndReplay}` },
  'p21.transaction-failed': {
    meaning: 'A transaction failed in an answer with status 200; nothing of it is stored.',
    action: `Read its text. ${fixAndReplay}`,
  },
  'p21.service-missing': {
    meaning: 'The Transaction service for cash receipts is not named, or Prophet 21 has no such service, form or field.',
    action: `Name what the text says is missing. ${held}`,
  },
  'p21.written-differently': {
    meaning: 'What was read back after a write is not what was sent: a pop-up or a disabled column changed it.',
    action: `Correct it in Prophet 21 by a document of its own. ${held}`,
  },
  'p21.not-written': {
    meaning: 'Prophet 21 answered 200 and left a property of the customer as it was.',
    action: 'See whether the property may be changed there, then replay.',
  },
  'p21.kind-unknown': {
    meaning: 'The connector to Prophet 21 does not post documents of that kind.',
    action: 'Correct `document` in the flow.',
  },
  'p21.field-invalid': {
    meaning: 'A value does not fit its field: nothing was sent.',
    action: 'Correct the mapping or the profile, then replay.',
  },
  'p21.line-invalid': {
    meaning: 'A line has no amount, or a debit and a credit.',
    action: 'Correct the lines of the mapping, then replay.',
  },
  'p21.period-closed': {
    meaning: 'The period of the entry is closed.',
    action: `Open it, or set \`closedPeriod: next-open\`. ${fixAndReplay}`,
  },
  'p21.period-missing': {
    meaning: 'The date of the entry is in no fiscal period.',
    action: `Add the period in Prophet 21. ${fixAndReplay}`,
  },
  'p21.foreign-currency': {
    meaning: 'An entry in another than the home currency needs an amount in home currency that only the company knows.',
    action: `Enter it by hand, or set \`P21_FOREIGN_AMOUNTS=face\`. ${held}`,
  },
  'p21.memo-tax': {
    meaning: 'A credit memo with tax: Prophet 21 figures the tax of a return itself, by rules that no public source tells.',
    action: `Enter the return by hand, or book refunds as entries (\`creditMemo: journal\`). ${held}`,
  },
  'p21.memo-currency': {
    meaning: 'A credit memo in another currency than that of its customer, in which Prophet 21 keeps returns.',
    action: `Enter the return by hand. ${held}`,
  },
  'p21.currency-unknown': { meaning: "Prophet 21's number of a currency is not known.", action: `Add it to \`P21_CURRENCY_IDS\`. ${held}` },
  'p21.customer-ambiguous': {
    meaning: 'Several customers of Prophet 21 match.',
    action: `Resolve with the CustomerId of the right one. ${held}`,
  },
  'p21.customer-taken': {
    meaning: 'The customer of Prophet 21 that matches stands for another Stripe customer already.',
    action: `Resolve with its CustomerId when it is the same, or create another one. ${held}`,
  },

  // Stripe as a target.
  'stripe.unreachable': { meaning: 'Nobody listens at the address of the Stripe API: nothing was sent.', action: waits },
  'stripe.silent': { meaning: 'The Stripe API gave no answer to a question.', action: waits },
  'stripe.aborted': { meaning: 'The process stopped before the request was sent.', action: 'Nothing: it is sent after the restart.' },
  'stripe.object-type': {
    meaning: 'No metadata can be written to an object of that type.',
    action: 'Correct `objectType` in the mapping.',
  },

  // recon and console.
  'recon.dead-letter-unreadable': {
    meaning: 'A record on a dead letter topic could only be stored with its place and its bytes; its text says why.',
    action: 'Correct the cause, usually by an upgrade, rebuild the views, then skip it: [dead letters](runbooks/dead-letters.md).',
  },
  'http.host-unknown': {
    meaning: 'A service was asked by a host name that is not its own (HTTP 421).',
    action: 'Name it in HTTP_ALLOWED_HOSTS if it is right.',
  },
  'http.origin-foreign': {
    meaning: 'A page of another origin ordered a change (HTTP 403). Nothing was done.',
    action: "Use the console's own address; scripts send no `Origin`.",
  },
  'http.type-unsupported': { meaning: 'A body is not JSON (HTTP 415).', action: 'Send `content-type: application/json`.' },
  'http.not-here': {
    meaning:
      'Health or metrics were asked for on HTTP_PORT, and they are on HEALTH_PORT; without it, metrics are shown to the same machine only (HTTP 404).',
    action: 'Ask on HEALTH_PORT, and set it if it is not set.',
  },
  // Signing in at the console, and people and tokens there.
  'identity.sign-in-refused': {
    meaning:
      'Signing in with a name and a password failed (HTTP 401): one of them is wrong, or there were five wrong attempts in 15 minutes.',
    action: 'Wait for 15 minutes after five attempts. Forgotten: whoever manages people makes a link ([signing in](how-to/sign-in.md)).',
  },
  'identity.link-refused': {
    meaning: 'A one-time link was used, is older than 15 minutes, or was replaced by a newer one (HTTP 401).',
    action: 'Ask for another one; on this machine `npm run -s sign-in`.',
  },
  'identity.set-up-refused': {
    meaning: 'The code for adding the first person is wrong (HTTP 401).',
    action: 'Take the one in the log of the console at its last start, or that of SET_UP_CODE.',
  },
  'identity.set-up-done': { meaning: 'The first person was added before (HTTP 409).', action: 'Sign in.' },
  'identity.provider-refused': {
    meaning:
      'The answer of the identity provider was not asked for, was used, or does not hold (HTTP 401, or a redirect to the page for signing in).',
    action: 'Try again. When it lasts, the log of the console says what was refused: [signing in](how-to/sign-in.md).',
  },
  'identity.provider-silent': {
    meaning: 'The identity provider does not answer (HTTP 502).',
    action: 'Look whether OIDC_ISSUER is up and can be reached from the console.',
  },
  'identity.session-needed': {
    meaning: 'Only somebody who is signed in at the console can do that (HTTP 401).',
    action: 'Sign in; a token is not enough.',
  },
  'identity.csrf': {
    meaning: 'A change by a session without the token of its page (HTTP 403).',
    action: 'Reload the page. Scripts use an API token instead of a cookie.',
  },
  'identity.https-needed': {
    meaning: 'Signing in over plain http from another machine (HTTP 403): passwords and sessions would travel readable.',
    action: 'Open the console by https, and set CONSOLE_URL to that address.',
  },
  'identity.too-many-attempts': {
    meaning: '30 attempts to sign in from one address in 15 minutes (HTTP 429).',
    action: 'Wait for 15 minutes. Behind a proxy name it in TRUSTED_PROXIES, or all people share its address.',
  },
  'identity.busy': { meaning: 'More people sign in at this moment than passwords can be compared (HTTP 503).', action: 'Try again.' },
  'identity.password-refused': {
    meaning: 'A new password is too short, too long, or one of the most common ones (HTTP 422).',
    action: 'Choose one of at least 12 characters; of which kinds does not matter.',
  },
  'identity.name-taken': { meaning: 'Somebody signs in with this name already (HTTP 409).', action: 'Choose another one.' },
  'identity.own-access': {
    meaning: 'Somebody tried to change their own roles, or to lock themselves out (HTTP 403).',
    action: 'Ask somebody else who manages people.',
  },
  'identity.last-admin': {
    meaning: 'Nobody would be left who manages people (HTTP 409).',
    action: 'Make somebody else an admin for all targets first.',
  },
  'identity.person-unknown': {
    meaning: 'There is no person of this id, or they are locked out (HTTP 404).',
    action: 'Take the id from `GET /identity/people`.',
  },
  'identity.session-unknown': {
    meaning: 'There is no session of this id that is yours and has not ended (HTTP 404).',
    action: 'Take the id from `GET /identity/sessions`.',
  },
  'identity.token-unknown': {
    meaning: 'There is no token of this id that is yours (HTTP 404).',
    action: 'Take the id from `GET /identity/tokens`.',
  },
  'identity.scope-too-wide': {
    meaning: 'A token may do no more than whoever makes it (HTTP 403).',
    action: 'Leave out what you may not do yourself (docs/permissions.md).',
  },
  'identity.too-many-tokens': { meaning: 'One person holds 50 tokens (HTTP 409).', action: 'Withdraw those that are not used.' },
  'identity.body-invalid': { meaning: 'A body does not fit what the route takes (HTTP 400).', action: 'The message names the fields.' },

  'identity.missing': {
    meaning: 'A request does not say who makes it (HTTP 401).',
    action: 'Sign in, or send `Authorization: Bearer <token>`.',
  },
  'identity.invalid': {
    meaning: 'A token is forged, of another installation, or not of the form that is accepted (HTTP 401).',
    action: 'Make a new token; after keys were replaced check IDENTITY_JWKS.',
  },
  'identity.expired': { meaning: 'A token has expired (HTTP 401).', action: 'Sign in again, or make a new token.' },
  'identity.withdrawn': {
    meaning: 'A token was withdrawn, or is older than a change of what its owner may do (HTTP 401).',
    action: 'Sign in again, or make a new token.',
  },
  'identity.forbidden': {
    meaning: 'Whoever asks lacks the permission that the text names (HTTP 403).',
    action: 'An admin gives a role that has it: [permissions](permissions.md).',
  },
  'target.sink-silent': {
    meaning: 'The console gets no answer from the erp-sink of the target: whether it has the order is not known (HTTP 502).',
    action: 'Look at the target and the orders before giving it again; `npm run status`, and ERP_SINK_URLS of the console.',
  },
  'target.unknown': {
    meaning: 'No erp-sink that the console knows serves the target, or none that whoever asks may see (HTTP 404).',
    action: 'Add it to ERP_SINK_URLS of the console.',
  },
  'target.missing': {
    meaning: 'An order for a target does not name it, and the console knows several erp-sinks (HTTP 400).',
    action: 'Add `?target=` to the address.',
  },
  'recon.silent': { meaning: 'The console gets no answer from recon.', action: '`npm run status`; check RECON_URL.' },

  // What to do about error classes.
  'mapping.currency-unmapped': { action: 'Add the bank account of the currency to the profile, then replay the cause.' },
  'mapping.customer-unmatched': { action: 'Name a walk-in customer in the profile, or resolve by hand.' },
  'mapping.account-unmapped': { action: 'Add the account under `accounts` in the profile (`tributary assets check`), then replay.' },
  'mapping.document-invalid': { action: 'Correct the flow at the line that the text names (`tributary assets check`), then replay.' },
  'mapping.value-invalid': { action: 'Correct the mapping or the profile (`tributary assets check`), then replay.' },
  'mapping.evaluation-failed': { action: 'Correct the expression (`tributary assets check`), then replay.' },
  'stripe.enrichment-unavailable': { action: waits },
  'stripe.payout-members-unknown': {
    action: 'Set STRIPE_API_KEY of an account that may read balance transactions, then replay the event.',
  },
  'stripe.settlement-unknown': {
    action: 'Add the currency to STRIPE_SETTLEMENT_CURRENCIES, or replay when Stripe knows the balance transaction.',
  },
  'stripe.value-unknown': { action: 'Look the object up in Stripe; replay with a version that knows the value, or resolve by hand.' },
  'stripe.object-invalid': { action: 'Look the event up in Stripe; skip it, or edit it and replay.' },
  'erp.unauthorised': { action: 'Runbook: [ERP password](runbooks/erp-password.md).' },
  'erp.silent': { action: erpAway },
  'target.unavailable': { action: erpAway },
  'target.paused': { action: '`npm run -s tributary -- targets list` tells who paused it and why; `targets resume` ends it.' },
  'kafka.right-missing': { action: 'Grant the rights of [acls.md](acls.md) to the user of the client, and start it again.' },
  'kafka.unavailable': { action: 'Runbook: [Kafka away](runbooks/kafka-away.md).' },
  'database.silent': { action: 'Runbook: [PostgreSQL away](runbooks/postgresql-away.md).' },
  'schema.registry-silent': { action: 'Runbook: [schema registry](runbooks/schema-registry.md).' },
  'schema.unregistered': { action: '`npm run contracts:register`. Runbook: [schema registry](runbooks/schema-registry.md).' },
  'erp.duplicate-document': { action: `Reverse one of them in the ERP. ${held}` },
  'posting.rejected': { action: `Read the text of the target. ${fixAndReplay}` },
  'rebuild.needs-second-person': {
    action: 'Each of the two makes a token of their own: [approvals](runbooks/approvals.md#rebuild-of-a-ledger). Nothing was changed.',
  },
  'rebuild.in-use': { action: 'Stop the sink (the stack of `npm start` does that by itself), or wait for the other rebuild.' },
  'rebuild.views-in-use': { action: 'Stop recon (the stack of `npm start` does that by itself), or wait for the other rebuild.' },
  'rebuild.topics-too-short': { action: '`--forget-expired` gives up what the topics no longer hold.' },
};

/** What to do where nothing else is said, by what happens next. */
export const defaultAction: Readonly<Record<string, string>> = {
  retry: 'Nothing: it is tried again; when it is dead-lettered, read its text.',
  pause: waits,
  hold: held,
  reject: fixAndReplay,
};
