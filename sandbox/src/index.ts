import { createGateway } from './gateway.ts';

export { Bank } from './bank.ts';

export default createGateway({
  // One bank in the world, so that every call sees the same books.
  desk: ({ BANK }) => BANK.getByName('bank'),
  now: () => Date.now(),
});
