import { finish } from '../../../lib/bank';
import { enter, session } from '../../../lib/sessions';

/** The bank sends the customer back to it. */
export async function GET(request: Request): Promise<Response> {
  const tokens = await finish(request.url, (await session())?.begun);
  if (tokens !== undefined) await enter({ tokens: Promise.resolve(tokens) });
  return new Response(null, { status: 303, headers: { Location: '/' } });
}
