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
    | 'token.made'
    | 'token.withdrawn';
  /** Whom it is about: `person:<id>`. */
  readonly subject: string;
  /** Who decided: a subject, or what did it by itself (`set-up`, `oidc`). */
  readonly by: string;
  /** Facts without secrets. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Writes an event, within the transaction of what it tells. */
export async function recordEvent(query: DatabaseClient['query'], { event, subject, by, detail = {} }: IdentityEvent): Promise<void> {
  await query(`insert into console.identity_event (event, subject, by_subject, detail) values ($1, $2, $3, $4)`, [
    event,
    subject,
    by,
    JSON.stringify(detail),
  ]);
}
