import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../contracts/workspace.js';

/** Parts of the page, in this order. Each proof makes its own text from its recorded results, and from nothing else. */
const parts = [
  {
    name: 'sim',
    title: 'Simulation',
    says: 'The pure core under a virtual clock, with seeded faults: `npm run sim`. Any failure is replayed by its seed.',
  },
  { name: 'chaos', title: 'Chaos', says: 'The real stack under load, killed and frozen at random: `npm run chaos -- --rounds 5`.' },
  { name: 'rebuild', title: 'Rebuild', says: 'Ledger, cross-references and views dropped and made again (I9): `npm run proof:rebuild`.' },
  {
    name: 'bench',
    title: 'Benchmarks',
    says: 'Side by side with what would be used instead, in the same run: `npm run bench -- --quick`. Ratios travel between machines, figures do not.',
  },
] as const;

/** The page: what is promised, and the recorded runs that show it. @throws when a proof has no compiled report (build first). */
export async function renderProof(): Promise<string> {
  const sections: string[] = [];
  const reports = new Map<string, string>();
  for (const { name, title, says } of parts) {
    const file = join(root, 'proof', 'dist', name, 'report.js');
    if (!existsSync(file)) throw new Error(`${file} is not there: run \`npm run build\` first`);
    const { report } = (await import(pathToFileURL(file).href)) as { report(): string };
    reports.set(name, report());
    sections.push(`## ${title}\n\n${says}\n\n${reports.get(name)?.trim()}`);
  }
  const transport =
    '## Transport\n\nOne conformance suite for every transport, faults on real brokers, what the transport of Nest does with the same messages, and what other products are reported to fail at: every case by its name in [CONFORMANCE.md](../libs/messaging/CONFORMANCE.md). `npm test -- --only integration`';
  sections.splice(3, 0, transport);
  return `# Proof\n\n<!-- Generated from the results under proof/ by \`npm run docs:generate\`. Do not edit. -->\n\nWhat [invariants.md](invariants.md) promises, and the recorded runs that show it. The raw output of every run lies beside the code that made it, under \`proof/<name>/results\`, with commit, seed and machine.\n\n## Summary\n\n${summaryOf(reports).join('\n')}\n\n${sections.join('\n\n')}\n`;
}

/**
 * The page in a few lines, from the sections' own first sentences and goal tables, so that it cannot say anything else. A section whose
 * sentences are not found gives no line; a test expects one of each.
 */
export function summaryOf(reports: ReadonlyMap<string, string>): string[] {
  const found = (name: string, pattern: RegExp): string => (pattern.exec(reports.get(name) ?? '')?.[1] ?? '').replaceAll('**', '');
  const missed = goalsMissed(reports.get('bench') ?? '');
  const lines = [
    [
      'Simulation',
      [found('sim', /^(\*\*[\d,]+ seeds\*\*, [\d,]+ violations)/m), found('sim', /^(\*\*\d+ of \d+ planted bugs caught\*\*)/m)],
    ],
    ['Chaos', [found('chaos', /^(\d+ rounds? recorded, [^.]+)\./m)]],
    ['Rebuild', rebuilds(reports.get('rebuild') ?? '')],
    ['Benchmarks', [found('bench', /^(\d+ of \d+ goals reached)\./m), missed.length > 0 ? `not reached: ${missed.join('; ')}` : '']],
  ] as const;
  return lines.flatMap(([title, texts]) => {
    const given = texts.filter((text) => text !== '');
    return given.length === 0 ? [] : [`- **${title}**: ${given.join('; ')}.`];
  });
}

/** `drain: seconds for 100,000 (46.8, at most 25)` of every row of a goal table that says no. */
function goalsMissed(report: string): string[] {
  let row = '';
  return report.split('\n').flatMap((line) => {
    const title = /^### ([\w-]+):/.exec(line)?.[1];
    if (title !== undefined) row = title;
    const cells = line.split('|').map((cell) => cell.trim());
    return cells.at(-2) === '**no**' ? [`${row}: ${cells[1]} (${cells[4]}, goal ${cells[2]})`] : [];
  });
}

/** How many rebuilds are recorded, how many gave the same digest, and the largest. */
function rebuilds(report: string): string[] {
  const sizes = [...report.matchAll(/^([\d,]+) postings, [\d,]+ documents in the ERP/gm)].map(([, size = '']) => size);
  const digests = [...report.matchAll(/\| (equal|different) \(/g)].map(([, is]) => is);
  if (digests.length === 0) return [];
  const equal = digests.filter((is) => is === 'equal').length;
  return [
    `${equal} of ${digests.length} rebuilds gave the same digest, with up to ${sizes.sort((a, b) => Number(a.replaceAll(',', '')) - Number(b.replaceAll(',', ''))).at(-1)} postings`,
  ];
}
