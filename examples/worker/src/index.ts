import { ConsentVault, createWorker, CustomerVault, OrderVault, StatisticsVault, TellConnect } from 'tell-connect/worker';

export { ConsentVault, CustomerVault, OrderVault, StatisticsVault, TellConnect };
export default createWorker();
