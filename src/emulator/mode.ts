/**
 * Which product is played: the hosted service, the realtime container, or the batch worker. Both of the latter run on
 * a customer's own machines and know no keys.
 */
export type Mode = 'saas' | 'rt-container' | 'batch-worker';
