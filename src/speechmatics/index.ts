/** The Speechmatics client library: everything a program needs, and nothing of the app. */
export * from './auth.ts';
export * from './batch-client.ts';
export type {Clock} from './clock.ts';
export * from './config.ts';
export {DEFAULT_BATCH_URL, DEFAULT_REALTIME_URL} from './endpoints.ts';
export * from './errors.ts';
export type {HttpRequest, HttpResponse, Send} from './http.ts';
export * from './jobs.ts';
export type {MediaInput} from './media.ts';
export * from './messages.ts';
export * from './realtime-client.ts';
export * from './results.ts';
export type {Connect, Socket, SocketHandlers} from './socket.ts';
export * from './transcript.ts';
