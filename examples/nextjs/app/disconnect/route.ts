import { leave } from '../../lib/sessions';

export async function POST(request: Request): Promise<Response> {
  if (request.headers.get('Sec-Fetch-Site') !== 'same-origin') return new Response('From another site.', { status: 403 });
  await leave();
  return new Response(null, { status: 303, headers: { Location: '/' } });
}
