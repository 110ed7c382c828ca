import '../server/node.js';

export * from './index.js';
