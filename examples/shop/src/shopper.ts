// Who shops: a cookie with a random name, in place of a sign-in. What it names is the customer to tell-connect.

const NAME = '__Host-shopper';

export interface Shopper {
  id: string;
  /** Has the browser remember, where it did not yet. */
  headers: Record<string, string>;
}

export function shopperOf(request: Request): Shopper {
  const cookies = (request.headers.get('Cookie') ?? '').split('; ');
  const known = cookies.find((cookie) => cookie.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  if (known !== undefined && /^[0-9a-f-]{36}$/.test(known)) return { id: known, headers: {} };
  const id = crypto.randomUUID();
  // Lax, so that it comes along when the bank sends the customer back.
  return { id, headers: { 'Set-Cookie': `${NAME}=${id}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000` } };
}
