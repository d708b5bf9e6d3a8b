/** The clock of the server, which may be off. */
export class Clock {
  constructor(private offsetMs: number) {}

  nowMs(): number {
    return Date.now() + this.offsetMs;
  }

  set(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }
}
