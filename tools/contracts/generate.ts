import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { erpDocumentShapes } from '@tributary/target-registry/shapes';
import { format, resolveConfig } from 'prettier';
import { accept, examineHistory, languageIn, messageSchemas, unacceptedText } from './history.js';
import type { Language } from './language.js';
import { renderAsyncApi } from './render-asyncapi.js';
import { renderDataContracts } from './render-data-contracts.js';
import { renderDecimals } from './render-decimals.js';
import { renderPage } from './render-page.js';
import { renderSchemas, renderTypes } from './render-types.js';
import { isProgram, root } from './workspace.js';

/** What the schema files give, path below the root -> text. The same files always give the same text. */
export async function generate(language: Language): Promise<Map<string, string>> {
  const texts = new Map([
    ['libs/contracts/src/generated/types.ts', renderTypes(language)],
    ['libs/contracts/src/generated/schemas.ts', renderSchemas(language)],
    ['docs/topics.md', renderPage(language, Object.values(erpDocumentShapes))],
    ['docs/data/asyncapi.yaml', renderAsyncApi(language)],
    ...renderDataContracts(language),
    ['docs/data/decimals.csv', renderDecimals()],
  ]);
  const formatted = [...texts].map(async ([path, text]) => {
    if (/\.(csv|yaml)$/.test(path)) return [path, text] as const;
    const config = await resolveConfig(join(root, path));
    return [path, await format(text, { ...config, filepath: path })] as const;
  });
  return new Map(await Promise.all(formatted));
}

/** Paths whose file is not what the schema files give. */
export function staleFiles(generated: ReadonlyMap<string, string>, read: (path: string) => string | undefined): string[] {
  return [...generated].filter(([path, text]) => read(path) !== text).map(([path]) => path);
}

const usage = `contracts generate [--check | --accept]
  writes src/generated, docs/topics.md and docs/data from libs/contracts/schemas
  --check   writes nothing; exit code 1 when a file is stale or a schema is not in the history
  --accept  also writes the next version of every changed schema into libs/contracts/history`;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { check: { type: 'boolean' }, accept: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return say(usage, 0);
  const contracts = join(root, 'libs/contracts');
  const language = languageIn(contracts);
  const generated = await generate(language);
  const findings = examineHistory(contracts, messageSchemas(language));
  if (findings.incompatible.length > 0) {
    return say(
      `Schemas that break compatibility (add fields with a default, never rename, never change a type):\n  ${findings.incompatible.join('\n  ')}`,
      1,
    );
  }
  const stale = staleFiles(generated, (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined));
  if (values.check) {
    const problems = [
      ...stale.map((path) => `${path} is stale: run \`npm run contracts:generate\` and commit it`),
      ...unacceptedText(findings.unaccepted),
    ];
    return problems.length > 0 ? say(problems.join('\n'), 1) : say(`contracts: ${language.size} records, everything is current`, 0);
  }
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), generated.get(path) as string);
    console.log(`wrote ${path}`);
  }
  if (values.accept) for (const path of accept(contracts, findings.unaccepted)) console.log(`accepted ${path}`);
  else for (const line of unacceptedText(findings.unaccepted)) console.log(line);
  return say(`contracts: ${language.size} records, ${stale.length} files written`, 0);
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}

if (isProgram(import.meta.filename)) {
  process.exitCode = await main(process.argv.slice(2));
}
