/** The forms of a connector's name: `my-ledger`, `MyLedger`, `myLedger`, `MY_LEDGER`. */
export interface ConnectorNames {
  readonly kebab: string;
  readonly pascal: string;
  readonly camel: string;
  readonly upper: string;
}

const longest = 40;
const form = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Package names that begin like that of a connector and are none, and words that TypeScript does not take as a name. */
const reserved = /^(kit|registry|target|shapes|connector|client|source|names?|new|class|delete|default|function|null|this|void|test)$/;

/** What is wrong with a name; undefined when it can be used. @param taken kinds, folders and packages that there are. */
export function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (!form.test(name) || name.length > longest)
    return `"${name.slice(0, 2 * longest)}" is no name: expected small letters, digits and single hyphens, at most ${longest} characters, a letter first, for example my-ledger`;
  if (reserved.test(name)) return `"${name}" is reserved: name the ERP, for example ${name}-ledger`;
  if (taken.includes(name)) return `"${name}" is taken: there are ${[...taken].sort().join(', ')}`;
  return undefined;
}

/** All forms of a name that is usable. */
export function namesOf(kebab: string): ConnectorNames {
  const pascal = kebab
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  return { kebab, pascal, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1), upper: kebab.toUpperCase().replaceAll('-', '_') };
}

/** A text or path of the template with its placeholders filled in. */
export function filled(template: string, { kebab, pascal, camel, upper }: ConnectorNames): string {
  return template.replaceAll('__NAME__', upper).replaceAll('__Name__', pascal).replaceAll('__camel__', camel).replaceAll('__name__', kebab);
}
