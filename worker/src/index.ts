import { ConsentVault, createWorker, CustomerVault, OrderVault, TellConnect } from 'tell-connect/worker';

export { ConsentVault, CustomerVault, OrderVault, TellConnect };
export default createWorker();
