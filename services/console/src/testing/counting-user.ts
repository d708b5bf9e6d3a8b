import type { Locator, Page } from 'playwright-core';

/** How long a text has to stay as it is before it is read as the answer, ms. */
const settledMs = 500;
const answerWithinMs = 20_000;

/** Somebody at the console: counts what they do. A click, a key, and a text that is typed are one action each; reading is none. */
export class CountingUser {
  actions = 0;
  constructor(readonly page: Page) {}

  async click(what: Locator): Promise<void> {
    this.actions += 1;
    await what.click();
  }

  async press(key: string): Promise<void> {
    this.actions += 1;
    await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    this.actions += 1;
    await this.page.keyboard.type(text);
  }

  /** Opens the search, types and takes the first thing that is found. */
  async search(text: string): Promise<void> {
    await this.press('/');
    await this.type(text);
    await this.press('Enter');
  }

  /** Enters a room by the list of rooms. */
  async enter(room: string): Promise<void> {
    await this.click(this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room, exact: true }));
  }

  /** What stands there once it changes no more, as one line without separators in numbers. @throws {Error} when nothing comes. */
  async read(where: Locator): Promise<string> {
    const deadline = Date.now() + answerWithinMs;
    let before: string | undefined;
    while (Date.now() < deadline) {
      const now = plain((await where.allTextContents()).join(' | '));
      if (now !== '' && now === before) return now;
      before = now;
      await this.page.waitForTimeout(settledMs);
    }
    throw new Error(`nothing can be read at ${this.page.url()}`);
  }
}

/** A text as a person takes it in: `1,210.00  USD` is 1210.00 USD. */
export function plain(text: string): string {
  return text
    .replaceAll(/(?<=\d),(?=\d{3})/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
