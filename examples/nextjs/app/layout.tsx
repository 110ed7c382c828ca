import type { ReactNode } from 'react';

export const metadata = { title: 'My bank', icons: 'data:,' };

export default function Layout({ children }: { children: ReactNode }) {
  return <html lang="en"><body><main><h1>My bank</h1>{children}</main></body></html>;
}
