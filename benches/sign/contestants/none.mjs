/** No contestant, but what an import and a call cost by themselves. */

/** @type {import('../contestants.ts').Contestant} */
export default { name: 'an empty module', took: 'nothing', open: () => () => '' };
