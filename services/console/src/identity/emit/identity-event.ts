import { reportToAudit } from '@tributary/persistence';
import type { DatabaseClient } from '@tributary/persistence';

/** What was decided about somebody, for the record that is never changed. */
export interface IdentityEvent {
  readonly event:
    | 'person.added'
    | 'person.grants-changed'
    | 'person.locked'
    | 'person.unlocked'
    | 'person.link-made'
    | 'person.signed-out-everywhere'
    | 'password.changed'
    | 'session.started'
    | 'session.ended'
    | 'token.made'
    | 'token.withdrawn'
    | 'key.changed';
  /** Whom it is about: `person:<id>`; the keys that verify tokens: `key:identity`. */
  readonly subject: string;
  /** Who decided: a subject, or what did it by itself (`set-up`, `oidc`). */
  readonly by: string;
  /** Facts without secrets. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Address that the request came from. */
  readonly address?: string | undefined;
}

/** Names that people chose: no rows that are never erased hold them; who it is about is told by the id. */
const chosenNames: ReadonlySet<string> = new Set(['name']);

/** Writes an event, and leaves it for the audit trail, within the transaction of what it tells. */
export async function recordEvent(
  query: DatabaseClient['query'],
  { event, subject, by, detail = {}, address }: IdentityEvent,
): Promise<void> {
  await query(`insert into console.identity_event (event, subject, by_subject, detail) values ($1, $2, $3, $4)`, [
    event,
    subject,
    by,
    JSON.stringify(detail),
  ]);
  await reportToAudit(query, 'console', {
    subject: by,
    name: await nameOf(query, by),
    action: event,
    object: subject,
    details: Object.fromEntries(Object.entries(detail).filter(([key]) => !chosenNames.has(key))),
    ...(address === undefined ? {} : { address }),
  });
}

/** An attempt to sign in that was refused. */
export interface RefusedSignIn {
  readonly method: 'password' | 'link' | 'oidc' | 'set-up';
  /** Whose name it was; undefined: nobody's, or it is not known. What was typed is not kept: it may be a password. */
  readonly personId: string | undefined;
  readonly address: string | undefined;
  /** Whether the name is not tried any more for a while: too many attempts were refused. */
  readonly locks?: boolean;
}

/** Leaves a refused attempt to sign in for the audit trail. Attempts that are not made, because there were too many before, are not told one by one. */
export async function reportRefusedSignIn(
  query: DatabaseClient['query'],
  { method, personId, address, locks }: RefusedSignIn,
): Promise<void> {
  const about = personId === undefined ? 'person:unknown' : `person:${personId}`;
  const common = { subject: 'nobody', name: 'nobody', object: about, ...(address === undefined ? {} : { address }) };
  await reportToAudit(query, 'console', { ...common, action: 'sign-in.refused', details: { method } });
  if (locks === true) await reportToAudit(query, 'console', { ...common, action: 'sign-in.locked', details: { method, limit: 'name' } });
}

async function nameOf(query: DatabaseClient['query'], subject: string): Promise<string> {
  const [person] = await query<{ name: string }>(`select name from console.person where 'person:' || id = $1`, [subject]);
  return person?.name ?? subject;
}
