import type {AppController} from '../controllers/app-controller.ts';
import {finalRows} from '../presentation/realtime-lines.ts';
import {globalBindings, overlayBindings} from './app-bindings.ts';
import {batchBindings, newJobBindings} from './batch-bindings.ts';
import type {BindingGroup} from './bindings.ts';
import {readingBindings} from './reading-bindings.ts';
import {realtimeBindings} from './realtime-bindings.ts';

/** Rows and columns between header and footer. */
export interface BodySize {
	readonly rows: number;
	readonly columns: number;
}

function tabBindings(app: AppController, body: BodySize): BindingGroup {
	const {batch, realtime, services} = app;
	if (app.store.getState().tab === 'realtime') {
		const window = {rows: finalRows(body.rows), columns: body.columns};
		return realtimeBindings(realtime, window, services.demo);
	}
	const {reading} = batch.reader.store.getState();
	const {askingNewJob} = batch.store.getState();
	if (reading !== undefined) return readingBindings(batch, body);
	if (askingNewJob !== undefined) return newJobBindings(batch);
	return batchBindings(batch, body.rows - 1, services.demo);
}

/** The keys below an overlay: what the help shows. */
export function bindingsBelow(app: AppController, body: BodySize): BindingGroup[] {
	return [tabBindings(app, body), globalBindings(app)];
}

/** The keys that count at this moment, the first group first. */
export function activeBindings(app: AppController, body: BodySize): BindingGroup[] {
	const below = bindingsBelow(app, body);
	return app.store.getState().overlay === undefined ? below : [overlayBindings(app, body, below)];
}
