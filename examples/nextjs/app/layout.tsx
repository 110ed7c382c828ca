import type { ReactNode } from 'react';

export const metadata = { title: 'My bank' };

export default function Layout({ children }: { children: ReactNode }) {
  return <html lang="en"><body><main><h1>My bank</h1>{children}</main></body></html>;
}
