import type { BooksErp } from './erp.js';
import type { StoryLedger, StoryRow } from './ledger.js';
import type { Story } from './story.js';

/** Ends that a person has to look at, or that were refused: their documents are not in the ledger. */
const endsWithout = new Set(['rejected', 'held']);

/** @returns what does not hold at the end of a seed, one sentence each; empty when all does. */
export function brokenAtEnd(story: Story, ledger: StoryLedger, erp: BooksErp, decided: ReadonlyMap<string, string>): string[] {
  const skipped = new Set(
    story.facts.filter(({ id }) => decided.get(id) === 'skip').flatMap(({ requests }) => requests.map(({ key }) => key)),
  );
  return [
    ...erp.wrongs,
    ...ends(story, ledger, erp, skipped),
    ...documents(ledger, erp),
    ...books(story, ledger, erp),
    ...applied(ledger, erp),
  ];
}

/** Whether the document of a request is in the ledger of the ERP as the ledger of postings says. */
function isDone({ posting }: StoryRow): boolean {
  return posting.state === 'posted';
}

/** I2: every request ends as one thing, and what is done is released. Nothing that is saved waits. */
function ends(story: Story, ledger: StoryLedger, erp: BooksErp, skipped: ReadonlySet<string>): string[] {
  return story.requests.flatMap(({ key }) => {
    const row = ledger.rows.get(key);
    if (skipped.has(key)) return row ? [`I2: ${key} is asked for, and a person said to skip it`] : [];
    if (!row) return [`I2: ${key} was never taken`];
    const { posting, result = 'nothing', code = '', released } = row;
    if (posting.state === 'waiting' && erp.of(key).length > 0) return [`I14: ${key} is saved and waits`];
    if (isDone(row)) return released ? [] : [`I2: ${key} is saved and never released (${code})`];
    if (posting.state === 'waiting' && posting.waitingOn.some((needed) => !endsLater(ledger, needed))) return [];
    return endsWithout.has(posting.state)
      ? []
      : [`I2: ${key} ends as ${posting.state}, ${result} ${code}, waiting on ${posting.waitingOn.join(', ')}`];
  });
}

/** Whether what is waited for may still come: if it ended without a document, waiting is right. */
function endsLater(ledger: StoryLedger, key: string): boolean {
  const row = ledger.rows.get(key);
  return row !== undefined && isDone(row) && row.released;
}

/** I3: one document for what is done, none for what was rejected, each line once, nothing that nobody knows. */
function documents(ledger: StoryLedger, erp: BooksErp): string[] {
  return [...ledger.rows.values()].flatMap((row) => {
    const { key, lines } = row.request;
    const rows = erp.of(key);
    if (rows.length > 1) return [`I3: ${key} is there ${rows.length} times`];
    const [document] = rows;
    if (isDone(row) && !document) return [`I3: ${key} counts as posted and is not there`];
    if (row.posting.state === 'rejected' && document) return [`I3: ${key} was rejected and is there`];
    const whole = document && lines.every((line) => document.lines.get(line) === 1);
    return isDone(row) && !whole ? [`I11: ${key} counts as posted and lacks lines`] : [];
  });
}

/** I11 and I12: the ledger of the ERP is what was asked for, and the clearing account is Stripe's balance less what a person still has to decide. */
function books({ requests, stripe }: Story, ledger: StoryLedger, erp: BooksErp): string[] {
  const clearing = (keys: ReadonlySet<string>): number =>
    requests
      .filter(({ key }) => keys.has(key))
      .reduce((sum, { effect }) => sum + effect.reduce((total, { role, amount }) => total + (role === 'CLR' ? amount : 0), 0), 0);
  const done = new Set([...ledger.rows.values()].filter(isDone).map(({ request }) => request.key));
  const notDone = new Set(requests.map(({ key }) => key).filter((key) => !done.has(key)));
  const inLedger = erp.ledger.reduce(
    (sum, { lines }) => sum + lines.reduce((total, { role, amount }) => total + (role === 'CLR' ? amount : 0), 0),
    0,
  );
  const twice = erp.ledger.filter(({ key }, index) => erp.ledger.findIndex((other) => other.key === key) !== index);
  const difference = inLedger + clearing(notDone) - stripe;
  return [
    ...twice.map(({ key }) => `I3: ${key} stands in the ledger twice`),
    ...(difference === 0 ? [] : [`I12: the clearing account differs from Stripe's balance by ${difference}`]),
  ];
}

/** I13: nothing is applied beyond its amount: no open balance crosses zero. */
function applied(ledger: StoryLedger, erp: BooksErp): string[] {
  const open = new Map(
    [...ledger.rows.values()].flatMap(({ request }) => (request.opens === undefined ? [] : [[request.key, request.opens] as const])),
  );
  const before = new Map(open);
  for (const { key } of erp.ledger) {
    const { applies, amount = 0 } = ledger.rows.get(key)?.request ?? {};
    if (!applies) continue;
    open.set(applies.from, (open.get(applies.from) ?? 0) + amount);
    open.set(applies.to, (open.get(applies.to) ?? 0) - amount);
  }
  return [...open].flatMap(([key, left]) => {
    const was = before.get(key) ?? 0;
    return was > 0
      ? left < 0
        ? [`I13: ${key} is applied beyond its amount`]
        : []
      : left > 0
        ? [`I13: ${key} is applied beyond its amount`]
        : [];
  });
}
