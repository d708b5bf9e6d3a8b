import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import type { InstallationFinding } from '@tributary/platform';

/** Findings as people read them: a table, then what to do about each kind, once. */
export function textOf(findings: readonly InstallationFinding[]): string {
  const count = (level: InstallationFinding['level']): number => findings.filter((finding) => finding.level === level).length;
  const rows = allVisible(findings).map(({ level, code, about, text }) => [level, code, about, text]);
  const todo = new Map(findings.filter(({ level }) => level !== 'ok').map(({ code, action, page }) => [code, `${plain(action)} ${page}`]));
  return [
    table(['LEVEL', 'CODE', 'ABOUT', 'FINDING'], rows),
    ...[...todo].map(([code, action]) => `${code}: ${action}`),
    `${count('missing')} missing, ${count('warning')} warnings.`,
  ].join('\n');
}

/** Markdown links as a terminal shows them: the text, then the page from the root of the repository. */
function plain(action: string): string {
  return action.replace(/\[([^\]]+)\]\(([^)]+)\)/g, '$1 (docs/$2)');
}
