/** A part as the Helm chart starts it. */
export interface ChartPart {
  readonly component: string;
  readonly entry: string;
  readonly port: number;
  /** Flags of node, beside those of the image. */
  readonly flags: readonly string[];
}

/** One component of `tributary.components`, up to its flags. The sinks have a name per target. */
const component =
  /set \$components (?:"(?<name>[\w-]+)"|\(printf "(?<pattern>[\w-]+)-%s" \.name\)) \(dict "entry" "(?<entry>[^"]+)" "port" (?<port>\d+)\s+"flags" (?:\(list (?<flags>[^)]*)\)|list)/g;

/** The parts in `_helpers.tpl` of the chart. @throws {Error} when there are none: the template has another form then. */
export function chartParts(template: string): ChartPart[] {
  const parts = [...template.matchAll(component)].map(({ groups = {} }) => ({
    component: groups['name'] ?? groups['pattern'] ?? '',
    entry: groups['entry'] ?? '',
    port: Number(groups['port']),
    flags: [...(groups['flags'] ?? '').matchAll(/"([^"]+)"/g)].map(([, flag]) => flag ?? ''),
  }));
  if (parts.length === 0) throw new Error('reading the parts of the chart: the template has no component in the expected form');
  return parts;
}
