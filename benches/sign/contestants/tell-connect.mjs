import { Signer } from 'tell-connect/edge';

/** @type {import('../contestants.ts').Contestant} */
export default {
  name: 'tell-connect',
  version: 'tell-connect',
  took: 'nothing',
  open({ app, path, certificate }) {
    const signer = new Signer({ app, certificate });
    return (object, iat) => signer.sign({ path, payload: JSON.stringify(object), iat });
  },
};
