/** Calls the worker. A failure has a `code`, which never changes its meaning, and a `detail`, which says what to do. */
export async function api(method: string, path: string, body?: object): Promise<string> {
  const sent = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`/api/${path}`, { method, ...sent });
  const text = await answer.text();
  if (answer.ok) return text;
  const { code, detail } = JSON.parse(text) as { code: string; detail: string };
  throw new Error(`${code}: ${detail}`);
}
