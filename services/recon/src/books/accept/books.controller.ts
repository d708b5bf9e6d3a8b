import { Controller, Get } from '@nestjs/common';
import { RequirePermission } from '@tributary/platform';
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
  books(): Promise<BooksView> {
    return this.reader.books();
  }
}
