/**
 * recon keeps the live stream alive with comments, each sent after a query found no change. A browser does not pass comments on to the
 * page. So each one is followed by a `checked` event with the time, and the page can show when recon last checked although nothing changed.
 */
export class FeedChecks {
  private rest = '';

  /** Returns the text to forward for a piece of the stream. @param at current time, ISO 8601. */
  passOn(piece: string, at: string): string {
    const lines = (this.rest + piece).split('\n');
    this.rest = lines.pop() ?? ''; // keeps an unfinished line until its end arrives
    return lines
      .map((line) => (line.startsWith(':') ? `${line}\n\nevent: checked\ndata: ${JSON.stringify({ at })}\n\n` : `${line}\n`))
      .join('');
  }
}
