import '../server/workerd.js';

export * from './index.js';
