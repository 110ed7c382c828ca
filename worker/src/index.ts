import { ConsentVault, createWorker, OrderVault } from 'tell-connect/worker';

export { ConsentVault, OrderVault };
export default createWorker();
