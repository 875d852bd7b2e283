import type {AppController} from '../controllers/app-controller.ts';
import type {BodySize} from '../screens/screen.ts';
import {globalBindings, noticeBindings, suspendBinding} from './app-bindings.ts';
import type {BindingGroup} from './bindings.ts';

/** The keys below a dialog: what the help shows. */
export function bindingsBelow(app: AppController, size: BodySize): readonly BindingGroup[] {
	const own = app.place.bindings(size);
	// What is typed is text there, and no command.
	return app.place.typing?.() === undefined ? [...own, globalBindings(app)] : own;
}

/** The keys that count at this moment, the first group first. */
export function activeBindings(app: AppController, size: BodySize): readonly BindingGroup[] {
	const {dialog} = app.store.getState();
	return [
		...(app.notices.store.getState().notice?.kind === 'problem' ? [noticeBindings(app)] : []),
		...(dialog === undefined ? bindingsBelow(app, size) : dialog.bindings(size)),
		{title: 'Everywhere', bindings: [suspendBinding(app)]},
	];
}
