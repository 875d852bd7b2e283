import type {AppController} from '../controllers/app-controller.ts';
import {bodySize} from '../presentation/window.ts';
import type {BodySize} from '../screens/screen.ts';
import {activeBindings} from './active-bindings.ts';
import {dispatch} from './bindings.ts';

/** What a key does now. @param window the whole of it */
export function press(app: AppController, key: string, window: BodySize): void {
	const {leaving, dialog} = app.store.getState();
	// Nothing but the wish to leave at once counts while leaving.
	if (leaving) {
		if (key === 'ctrl+c') void app.leave();
		return;
	}
	if ((dialog ?? app.place).typing?.()?.take(key)) return;
	// Each key may change what the next one means, so the bindings are asked for anew.
	dispatch(key, activeBindings(app, bodySize(app, window)), app.notices.tellNotNow);
}
