import { begin } from '../../lib/bank';
import { enter, session } from '../../lib/sessions';

/** From the page to the bank. */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get('Sec-Fetch-Site') !== 'same-origin') return new Response('From another site.', { status: 403 });
  const { location, begun } = await begin();
  await enter({ ...await session(), begun });
  return new Response(null, { status: 303, headers: { Location: location } });
}
