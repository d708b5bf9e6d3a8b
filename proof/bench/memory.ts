import type { Subject } from './subject.js';

interface Sample {
  readonly minute: number;
  readonly rssMiB: number;
}

const everyMs = 1_000;

/** Looks at the memory of processes once a second while something else goes on. */
export class MemoryWatch {
  private readonly samples = new Map<string, Sample[]>();
  private readonly startedAt = performance.now();
  private readonly timer = setInterval(() => this.look(), everyMs);

  constructor(private readonly subjects: readonly Subject[]) {}

  stop(): void {
    clearInterval(this.timer);
  }

  /** MiB, once a second. */
  of(name: string): number[] {
    return (this.samples.get(name) ?? []).map(({ rssMiB }) => rssMiB);
  }

  mostMiB(name: string): number {
    return Math.max(...this.of(name));
  }

  /** MiB per minute over the second half, by least squares: the first half is a heap that grows to its size. */
  slope(name: string): number {
    const all = this.samples.get(name) ?? [];
    const half = all.slice(all.length >> 1);
    const mean = (of: (sample: Sample) => number): number => half.reduce((sum, sample) => sum + of(sample), 0) / half.length;
    const [minute, rss] = [mean((sample) => sample.minute), mean((sample) => sample.rssMiB)];
    const spread = half.reduce((sum, sample) => sum + (sample.minute - minute) ** 2, 0);
    return half.reduce((sum, sample) => sum + (sample.minute - minute) * (sample.rssMiB - rss), 0) / spread;
  }

  private look(): void {
    const minute = (performance.now() - this.startedAt) / 60_000;
    for (const subject of this.subjects) {
      const { rssMiB } = subject.usage();
      this.samples.set(subject.name, [...(this.samples.get(subject.name) ?? []), { minute, rssMiB }]);
    }
  }
}
