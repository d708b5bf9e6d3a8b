/** The form of a list of targets with their kinds: `kinetic-main=epicor-kinetic,sl-main=dynamics-sl`. */
export const targetListPattern = /^[A-Za-z0-9_.-]{1,80}=[a-z0-9-]+(,[A-Za-z0-9_.-]{1,80}=[a-z0-9-]+)*$/;

/**
 * Target -> kind, in the order of the list. @param text of the form {@link targetListPattern}.
 * @throws {RangeError} for a target that is listed twice.
 */
export function parseTargetList(text: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const entry of text.split(',')) {
    const [target = '', kind = ''] = entry.split('=');
    if (targets.has(target)) throw new RangeError(`${target} is listed twice`);
    targets.set(target, kind);
  }
  return targets;
}
