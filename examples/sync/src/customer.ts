// Who is signed in: a made-up login, where whoever types a name is that customer. Put your own in its place.

const NAME = '__Host-customer';

/** What may be typed. */
const TAKEN = /^[a-z0-9-]{1,32}$/;

export function customerOf(request: Request): string | undefined {
  const cookies = (request.headers.get('Cookie') ?? '').split('; ');
  const name = cookies.find((cookie) => cookie.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  return name !== undefined && TAKEN.test(name) ? name : undefined;
}

/** Has the browser remember; nothing for a name that is not taken. */
export function signedIn(name: unknown): Record<string, string> | undefined {
  if (typeof name !== 'string' || !TAKEN.test(name)) return undefined;
  // Lax, so that it comes along when the bank sends the customer back.
  return { 'Set-Cookie': `${NAME}=${name}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000` };
}

export const signedOut = (): Record<string, string> =>
  ({ 'Set-Cookie': `${NAME}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0` });
