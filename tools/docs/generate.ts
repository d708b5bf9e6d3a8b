import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { documentsJsonSchema } from '@tributary/contracts';
import { renderAcls } from '../acls/page.js';
import { renderCommands } from '../commands/render-page.js';
import { isProgram, root } from '../contracts/workspace.js';
import { dashboards } from '../dashboards/dashboards.js';
import { grafanaDashboard } from '../dashboards/grafana.js';
import { answerSchemas, renderAnswerSchemas } from '../openapi/answer-schemas.js';
import { renderClientTypes } from '../openapi/client-types.js';
import { openApiDocuments } from '../openapi/documents.js';
import { faultsOfDocument } from '../openapi/lint.js';
import { renderPermissions } from '../permissions/permissions-page.js';
import { serviceRoutes } from '../permissions/service-routes.js';
import { renderInstallationFindings } from '../installation/findings-page.js';
import { renderFindings } from '../targets/findings-page.js';
import { emulatorSources, renderAssumed } from './assumed.js';
import { renderBooks } from './books.js';
import { renderChart, renderStrimziChart, strimziFiles } from './chart.js';
import { readConfigurations, renderConfiguration } from './configuration.js';
import { renderConsumerPrograms } from './consumer-programs.js';
import { renderPromises } from './promises.js';
import { renderProof } from './proof.js';
import { renderPostingStates } from './posting-states.js';
import { renderRetention } from './retention.js';
import { renderSecurity } from './security.js';
import { allCodes, readSources, renderCodeTexts, renderErrorCodes } from './error-codes.js';

/** What is generated from the OpenAPI documents of the services. @throws {Error} for a document that is not OpenAPI. */
async function openApiFiles(): Promise<[string, string][]> {
  const schemas = answerSchemas();
  const documents = [...(await openApiDocuments('compiled', schemas))];
  for (const [name, document] of documents) {
    const faults = await faultsOfDocument(document);
    if (faults.length > 0) throw new Error(`the OpenAPI document of ${name}:\n  ${faults.join('\n  ')}`);
  }
  return [
    ['libs/contracts/src/generated/http-schemas.ts', renderAnswerSchemas(schemas)],
    ...documents.map(([name, document]): [string, string] => [`docs/reference/openapi/${name}.json`, JSON.stringify(document)]),
    ...(await renderClientTypes(documents)),
  ];
}

/** Generated pages, path below the root -> text. The same sources always give the same text. */
export async function generatedPages(): Promise<Map<string, string>> {
  const texts: [string, string][] = [
    ['docs/acls.md', renderAcls()],
    ['docs/commands.md', renderCommands()],
    ['docs/configuration.md', renderConfiguration(await readConfigurations())],
    ['docs/permissions.md', renderPermissions(await serviceRoutes('compiled'))],
    ['docs/posting-states.md', renderPostingStates()],
    ['docs/error-codes.md', renderErrorCodes(allCodes(readSources()))],
    ['services/console/web/src/pages/letter/error-codes.json', renderCodeTexts(allCodes(readSources()))],
    ['docs/proof.md', await renderProof()],
    ['docs/promises.md', renderPromises()],
    ['docs/retention.md', renderRetention()],
    ['docs/target-findings.md', renderFindings()],
    ['docs/installation-findings.md', renderInstallationFindings()],
    ['docs/security.md', await renderSecurity()],
    ['docs/books.md', renderBooks(readFileSync(join(root, 'docs/books.md'), 'utf8'))],
    ['docs/reference/documents.schema.json', JSON.stringify(documentsJsonSchema())],
    ...(await openApiFiles()),
    ['docs/reference/assumed.md', renderAssumed(emulatorSources())],
    ['services/console/web/src/pages/events/consumer-programs.json', renderConsumerPrograms()],
    ['deploy/helm/tributary/README.md', renderChart()],
    ['deploy/helm/tributary-strimzi/README.md', renderStrimziChart()],
    ...[...strimziFiles()].map(([name, text]): [string, string] => [`deploy/helm/tributary-strimzi/files/${name}`, text]),
    ['deploy/helm/tributary/files/prometheus-rules.yaml', readFileSync(join(root, 'docs/alerts/prometheus-rules.yaml'), 'utf8')],
    ...dashboards.map((dashboard): [string, string] => [
      `deploy/helm/tributary/files/dashboards/${dashboard.name}.json`,
      JSON.stringify(grafanaDashboard(dashboard)),
    ]),
  ];
  const formatted = texts.map(async ([path, text]) => {
    const config = await resolveConfig(join(root, path));
    return [path, await format(text, { ...config, filepath: path })] as const;
  });
  return new Map(await Promise.all(formatted));
}

/** Pages whose file is not what the sources give. */
export function stalePages(pages: ReadonlyMap<string, string>, read: (path: string) => string | undefined): string[] {
  return [...pages].filter(([path, text]) => read(path) !== text).map(([path]) => path);
}

/** `docs [--check]`: writes the pages, or only says which are stale (exit code 1). */
export async function main(args: readonly string[]): Promise<number> {
  const pages = await generatedPages();
  if (!args.includes('--check')) {
    for (const [path, text] of pages) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    console.log(`docs: ${[...pages.keys()].join(', ')} written`);
    return 0;
  }
  const stale = stalePages(pages, (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined));
  for (const path of stale) console.error(`${path} is stale: run \`npm run docs:generate\``);
  if (stale.length === 0) console.log(`docs: ${pages.size} generated pages, everything is current`);
  return stale.length === 0 ? 0 : 1;
}

if (isProgram(import.meta.filename)) process.exitCode = await main(process.argv.slice(2));
