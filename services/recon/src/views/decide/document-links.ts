import { z } from 'zod';

/** Addresses of documents in the ERPs: `target` or `target/kind` -> template. */
export type DocumentLinks = ReadonlyMap<string, string>;

const entryPattern = /^([A-Za-z0-9_.-]+(?:\/[a-z0-9-]+)?)=(https?:\/\/\S+)$/;
const placeholder = /\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/**
 * Reads addresses of documents: `erp-main=https://erp.example.com/{HeadNum} erp-main/credit-memo=https://...`, separated by blanks. Names in
 * braces are keys that the target gave the document.
 * @throws {Error} that names the entry that does not fit.
 */
export function parseDocumentLinks(text: string): DocumentLinks {
  const links = new Map<string, string>();
  for (const entry of text.split(/\s+/).filter((one) => one !== '')) {
    const [, name, template] = entryPattern.exec(entry) ?? [];
    if (name === undefined || template === undefined || !URL.canParse(template.replace(placeholder, 'x')))
      throw new Error(`${entry.split('=', 1)[0] ?? ''}: target=https://... or target/kind=https://..., with keys in braces`);
    links.set(name, template);
  }
  return links;
}

/** Variable with addresses of documents. */
export const documentLinksVariable = z
  .string()
  .default('')
  .superRefine((text, context) => {
    try {
      parseDocumentLinks(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  })
  .describe(
    'addresses of documents in the ERPs, for the console: target=https://erp.example.com/{HeadNum} or target/kind=..., separated by blanks; names in braces are keys that the ERP gave the document',
  );

/** The address of a document in its ERP; null where none is configured, or the document has not every key that the address needs. */
export function documentLink(
  links: DocumentLinks,
  {
    target,
    kind,
    reference,
  }: { readonly target: string; readonly kind: string; readonly reference: Readonly<Record<string, string>> | null },
): string | null {
  const template = links.get(`${target}/${kind}`) ?? links.get(target);
  if (template === undefined || reference === null) return null;
  const keys = [...template.matchAll(placeholder)].map(([, key]) => key ?? '');
  if (keys.some((key) => !Object.hasOwn(reference, key) || reference[key] === '')) return null;
  return template.replace(placeholder, (_, key: string) => encodeURIComponent((reference[key] ?? '').toWellFormed()));
}
