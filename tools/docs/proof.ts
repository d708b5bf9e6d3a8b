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
  for (const { name, title, says } of parts) {
    const file = join(root, 'proof', 'dist', name, 'report.js');
    if (!existsSync(file)) throw new Error(`${file} is not there: run \`npm run build\` first`);
    const { report } = (await import(pathToFileURL(file).href)) as { report(): string };
    sections.push(`## ${title}\n\n${says}\n\n${report().trim()}`);
  }
  const transport =
    '## Transport\n\nOne conformance suite for every transport, faults on real brokers, what the transport of Nest does with the same messages, and what other products are reported to fail at: every case by its name in [CONFORMANCE.md](../libs/messaging/CONFORMANCE.md). `npm test -- --only integration`';
  sections.splice(3, 0, transport);
  return `# Proof\n\n<!-- Generated from the results under proof/ by \`npm run docs:generate\`. Do not edit. -->\n\nWhat [invariants.md](invariants.md) promises, and the recorded runs that show it. The raw output of every run lies beside the code that made it, under \`proof/<name>/results\`, with commit, seed and machine.\n\n${sections.join('\n\n')}\n`;
}
