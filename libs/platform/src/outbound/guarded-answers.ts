import { cardNumbersIn, hiddenDigitsOf, isWorthSearching, maskCardNumbers } from '@tributary/card-guard';

/** Bodies that people's words can stand in. */
const isText = /json|xml|text/i;
const isJson = /json/i;

/**
 * A `fetch` whose answers hold no card number: texts in them are masked as those of a webhook are (I8), before anybody reads them. An answer
 * of Stripe or of an ERP repeats what people typed there.
 */
export function guardAnswers(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const answer = await send(input, init);
    const type = answer.headers.get('content-type') ?? '';
    if (answer.body === null || !isText.test(type)) return answer;
    const { status, statusText } = answer;
    const headers = new Headers([...answer.headers]);
    headers.delete('content-length'); // of the bytes before
    return new Response(masked(answer, isJson.test(type)), { status, statusText, headers });
  };
}

/** The body, read when somebody reads it, so that a connection that breaks is found where it was before. */
function masked(answer: Response, json: boolean): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      try {
        controller.enqueue(new TextEncoder().encode(maskCardDigits(await answer.text(), json)));
        controller.close();
      } catch (error) {
        controller.error(error);
      }
    },
  });
}

/** A text without card numbers. @param json whether it should be JSON; what is not after all is masked as any other text. */
export function maskCardDigits(text: string, json: boolean): string {
  if (!isWorthSearching(text)) return text; // nearly all: they are parsed by whoever asked, and not here as well
  if (json && isParsable(text)) return maskCardNumbers(text).text;
  const found = cardNumbersIn(text);
  if (found.length === 0) return text;
  const units = text.split('');
  for (const card of found) for (const index of hiddenDigitsOf(text, card)) units[index] = '*';
  return units.join('');
}

function isParsable(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
