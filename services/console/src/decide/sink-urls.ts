/** An erp-sink: where it answers, and the targets that it serves. */
export interface SinkAddress {
  /** Without a slash at its end. */
  readonly url: string;
  readonly targets: readonly string[];
}

const pair = /^([A-Za-z0-9_.-]{1,80})=(https?:\/\/\S+)$/;

/**
 * The sinks of ERP_SINK_URLS, `target=address`, comma separated: targets with one address are served by one sink.
 * @throws {RangeError} naming what is no such pair, and a target that is named twice.
 */
export function parseSinkUrls(text: string): readonly SinkAddress[] {
  const byUrl = new Map<string, string[]>();
  const named = new Set<string>();
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, target, address] = pair.exec(part) ?? [];
    if (target === undefined || address === undefined || !URL.canParse(address))
      throw new RangeError(`"${part}": expected target=address, e.g. erp-main=http://127.0.0.1:4030`);
    if (named.has(target)) throw new RangeError(`target ${target} is named twice`);
    named.add(target);
    const url = address.replace(/\/+$/, '');
    byUrl.set(url, [...(byUrl.get(url) ?? []), target]);
  }
  return [...byUrl].map(([url, targets]) => ({ url, targets }));
}
