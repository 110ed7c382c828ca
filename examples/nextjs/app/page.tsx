import { headers } from 'next/headers';
import { read } from '../lib/bank';
import { accessToken, session } from '../lib/sessions';

export default async function Page() {
  const current = await session();
  const tokens = current?.tokens;
  if (current === undefined || tokens === undefined) {
    return <form method="post" action="/connect"><button>Connect your bank</button></form>;
  }
  // The first address that your own proxy has written down; nobody else's word counts.
  const address = (await headers()).get('x-forwarded-for')?.split(',')[0] ?? '';
  const rows = await read(await accessToken({ ...current, tokens }), address);
  return (
    <>
      <ul>
        {rows.map(({ accountId, nickname, identification, balance }) => (
          <li key={accountId}>{nickname} {identification}: <b>{balance?.value} {balance?.currency}</b></li>
        ))}
      </ul>
      <form method="post" action="/disconnect"><button>Disconnect</button></form>
    </>
  );
}
