const traceParent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const none = '0'.repeat(32);

/** The trace in a W3C `traceparent`; null where it is none. */
export function traceIdIn(text: string): string | null {
  const [, id] = traceParent.exec(text.trim().toLowerCase()) ?? [];
  return id === undefined || id === none ? null : id;
}
