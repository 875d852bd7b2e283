import type {AppController} from '../controllers/app-controller.ts';
import {finalRows} from '../presentation/realtime-lines.ts';
import {globalBindings, overlayBindings} from './app-bindings.ts';
import {batchBindings, readingBindings} from './batch-bindings.ts';
import type {BindingGroup} from './bindings.ts';
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
	return batch.store.getState().reading === undefined
		? batchBindings(batch, body.rows - 1, services.demo)
		: readingBindings(batch, body);
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
