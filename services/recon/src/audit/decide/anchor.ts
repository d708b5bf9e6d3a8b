/** The end of the chain as it was at one time, kept outside the database. */
export interface Anchor {
  readonly sequence: bigint;
  readonly hash: string;
  /** When it was written; ISO 8601. */
  readonly at: string;
}

/** An anchor as one line of the anchor file, with its line feed. */
export function anchorLine({ sequence, hash, at }: Anchor): string {
  return `${JSON.stringify({ sequence: sequence.toString(), hash, at })}\n`;
}

/** What an anchor file holds. */
export interface AnchorFile {
  readonly anchors: readonly Anchor[];
  /** Numbers of the lines that are no anchors. A last line without its line feed is none of them: a crash cut it off. */
  readonly unreadable: readonly number[];
}

/** Reads an anchor file. Never throws. */
export function anchorsIn(text: string): AnchorFile {
  const lines = text.split('\n');
  const anchors: Anchor[] = [];
  const unreadable: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const anchor = anchorOf(line);
    if (anchor) anchors.push(anchor);
    else if (index < lines.length - 1) unreadable.push(index + 1);
  }
  return { anchors, unreadable };
}

function anchorOf(line: string): Anchor | undefined {
  try {
    const { sequence, hash, at } = JSON.parse(line) as Record<string, unknown>;
    const fits =
      typeof sequence === 'string' && /^[1-9]\d{0,18}$/.test(sequence) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
    return fits ? { sequence: BigInt(sequence), hash, at: typeof at === 'string' ? at : '' } : undefined;
  } catch {
    return undefined;
  }
}
