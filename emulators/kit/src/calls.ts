/** How many calls each operation had and how they ended: a status, `dropped` or `stalled`. */
export class Calls {
  private readonly ends = new Map<string, Map<string, number>>();

  count(name: string, end: number | string): void {
    let ends = this.ends.get(name);
    if (!ends) this.ends.set(name, (ends = new Map()));
    ends.set(String(end), (ends.get(String(end)) ?? 0) + 1);
  }

  clear(): void {
    this.ends.clear();
  }

  show(): object {
    const operations = Object.fromEntries([...this.ends].map(([name, ends]) => [name, Object.fromEntries(ends)]));
    const total = [...this.ends.values()].flatMap((ends) => [...ends.values()]).reduce((sum, count) => sum + count, 0);
    return { total, operations };
  }
}
