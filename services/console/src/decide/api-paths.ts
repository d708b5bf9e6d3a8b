const longestId = 600;

/**
 * A path below /api as it is asked of recon, when it fits one of the patterns: ids are decoded and encoded again, so that an id with a slash
 * stays one segment and none becomes another path. Undefined when no pattern fits. @param path without its query.
 */
export function pathOfApi(patterns: readonly string[], path: string): string | undefined {
  const segments = path.split('/');
  for (const pattern of patterns) {
    const names = pattern.split('/');
    if (names.length !== segments.length) continue;
    const asked = names.map((name, index) =>
      name.startsWith(':') ? encodedId(segments[index] ?? '') : name === segments[index] ? name : undefined,
    );
    if (asked.every((segment) => segment !== undefined)) return asked.join('/');
  }
  return undefined;
}

/** What stands in a path for a name of its pattern, decoded; undefined when the pattern has no such name. @param path that fits the pattern. */
export function idInApi(pattern: string, path: string, name: string): string | undefined {
  const index = pattern.split('/').indexOf(name);
  return index < 0 ? undefined : decodeURIComponent(path.split('/')[index] ?? '');
}

/** An id for a path; undefined for what is no id: nothing, a step up, a control character, or what cannot be decoded. */
function encodedId(segment: string): string | undefined {
  let id: string;
  try {
    id = decodeURIComponent(segment);
  } catch {
    return undefined;
  }
  if (id.trim() === '' || id.length > longestId || /^\.{1,2}$/.test(id) || /[\u0000-\u001f\u007f]/.test(id)) return undefined;
  return encodeURIComponent(id);
}
