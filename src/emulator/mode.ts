/**
 * Which product is played: the hosted service, the realtime container, or the batch worker. Both of the latter run on
 * a customer's own machines and know no keys.
 */
export const MODES = ['saas', 'rt-container', 'batch-worker'] as const;
export type Mode = (typeof MODES)[number];
