// Who is here, by a cookie. In memory: a restart forgets everybody, and a second server knows nobody. Put your own store here.
import type { TokenAnswer } from 'tell-connect/edge';
import { cookies } from 'next/headers';
import { type Begun, renewed } from './bank';

interface Session {
  begun?: Begun;
  tokens?: Promise<TokenAnswer>;
}

const NAME = 'session';
const SKEW_SECONDS = 60;

// Pages and route handlers are bundled apart; what they share is in the process.
const shared = globalThis as { sessions?: Map<string, Session> };
const sessions = (shared.sessions ??= new Map<string, Session>());

export async function session(): Promise<Session | undefined> {
  return sessions.get((await cookies()).get(NAME)?.value ?? '');
}

/** Under a new cookie: who was here before the bank has another than who came back from it. */
export async function enter(entered: Session): Promise<void> {
  await leave();
  const id = crypto.randomUUID();
  sessions.set(id, entered);
  const secure = process.env['TELL_REDIRECT_URL']?.startsWith('https:') === true;
  (await cookies()).set(NAME, id, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
}

export async function leave(): Promise<void> {
  const jar = await cookies();
  sessions.delete(jar.get(NAME)?.value ?? '');
  jar.delete(NAME);
}

/** Renewed before it runs out, once for all who wait: a refresh token works one time. */
export async function accessToken(of: Session & { tokens: Promise<TokenAnswer> }): Promise<string> {
  const before = of.tokens;
  const now = await before;
  if (now.expiresAt - SKEW_SECONDS > Date.now() / 1000) return now.accessToken;
  if (of.tokens === before) of.tokens = renewed(now);
  return (await of.tokens).accessToken;
}
