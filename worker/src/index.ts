import { ConsentVault, createWorker } from 'tell-connect/worker';

export { ConsentVault };
export default createWorker();
