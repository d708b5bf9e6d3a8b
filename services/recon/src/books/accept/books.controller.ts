import { Controller, Get } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { BooksView } from '@tributary/contracts';
import { BooksReader } from '../emit/books.reader.js';

/**
 * GET /books: the trial balance, and the clearing accounts compared with Stripe's balance. The HTTP contract is services/recon/README.md.
 */
@Controller('books')
@RequirePermission('payments.read')
export class BooksController {
  constructor(private readonly reader: BooksReader) {}

  @Get()
  @Documented({ does: 'The trial balance of every target, and its clearing accounts beside the balance at Stripe.', answers: 'BooksView' })
  async books(@CurrentIdentity() identity: Identity): Promise<BooksView> {
    return this.reader.booksFor(targetsFor(identity, 'payments.read'));
  }
}
