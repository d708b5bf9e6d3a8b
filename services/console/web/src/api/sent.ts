declare const said: unique symbol;

/**
 * A value that came over the wire. The document of the service says that it is a `T`, and nothing has looked at it yet: it has no fields and
 * can be given to a reader, and to nothing else. A reader says which documents it fits, and makes a whole value of whatever it gets.
 */
export interface Sent<out T> {
  readonly [said]: () => T;
}

/** A value of which no document says anything: every reader takes it. */
export function sent(value: unknown): Sent<never> {
  return value as Sent<never>;
}
