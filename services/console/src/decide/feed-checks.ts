/**
 * recon keeps the live stream awake with comments, each one after it looked and found no change. A browser hides comments from
 * the page, so each is followed by an event of its own, `checked`, with the time: the page can say when it was last checked
 * although nothing changed.
 */
export class FeedChecks {
  private rest = '';

  /** The text to pass on for a piece of the stream. @param at the time now, ISO 8601. */
  passOn(piece: string, at: string): string {
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? ''; // an unfinished line waits for its end
    return lines
      .map((line) => (line.startsWith(':') ? `${line}\n\nevent: checked\ndata: ${JSON.stringify({ at })}\n\n` : `${line}\n`))
      .join('');
  }
}
