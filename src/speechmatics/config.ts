/**
 * What a caller asks the service to do, as it goes over the wire. Names are the wire's own. Objects are loose: a field
 * newer than this library passes through.
 */
export * from './batch-config.ts';
export * from './realtime-config.ts';
export {DEFAULT_LANGUAGE, DEFAULT_MODEL, MODELS} from './shared-config.ts';
