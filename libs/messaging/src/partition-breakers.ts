import type { BreakerOptions } from './breaker-options.js';
import { CircuitBreaker } from './circuit-breaker.js';
import type { BreakerFailure } from './circuit-breaker.js';
import type { Clock } from './clock.js';
import type { RetryPolicy } from './retry-policy.js';
import { Semaphore } from './semaphore.js';

/** The circuit breakers of a consumer: one for all its partitions, or one per partition. */
export class PartitionBreakers {
  private readonly shared: CircuitBreaker;
  private readonly semaphore: Semaphore | undefined;
  /** Breakers of single partitions, by `topic/partition`. */
  private readonly own = new Map<string, CircuitBreaker>();

  constructor(
    private readonly options: { readonly breaker?: BreakerOptions | undefined; readonly maxConcurrent?: number | undefined },
    private readonly policy: RetryPolicy,
    private readonly clock: Clock,
  ) {
    this.semaphore = options.maxConcurrent === undefined ? undefined : new Semaphore(options.maxConcurrent);
    this.shared = this.make(this.semaphore);
  }

  /** The breaker of the target that messages of this partition go to. */
  ofTarget(topic: string, partition: number): CircuitBreaker {
    return this.options.breaker?.scope === 'consumer' ? this.shared : this.makeOwn(topic, partition, this.semaphore);
  }

  /** Why the target of all partitions is left alone; undefined: it is not, or each partition has a breaker of its own. */
  get failure(): BreakerFailure | undefined {
    return this.options.breaker?.scope === 'consumer' ? this.shared.failure : undefined;
  }

  /** The breaker of a delay or replay topic, which calls no target itself. */
  ofRetryTopic(topic: string, partition: number): CircuitBreaker {
    return this.makeOwn(topic, partition);
  }

  /** The partition went to another member. */
  remove(topic: string, partition: number): void {
    const name = `${topic}/${partition}`;
    this.own.get(name)?.close();
    this.own.delete(name);
  }

  close(): void {
    this.shared.close();
    for (const breaker of this.own.values()) breaker.close();
  }

  private makeOwn(topic: string, partition: number, semaphore?: Semaphore): CircuitBreaker {
    const breaker = this.make(semaphore);
    this.own.set(`${topic}/${partition}`, breaker);
    return breaker;
  }

  private make(semaphore?: Semaphore): CircuitBreaker {
    const { failuresToOpen = 1 } = this.options.breaker ?? {};
    return new CircuitBreaker({ failuresToOpen, probeDelaysMs: this.policy.pauseDelaysMs }, this.clock, semaphore);
  }
}
