/** A code made of what a target says: `PERIOD_CLOSED` becomes `rest.period-closed`. @param family before the dot. */
export function codeOfText(family: string, said: string): string {
  const words = said
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${family}.${words || 'rejected'}`;
}
