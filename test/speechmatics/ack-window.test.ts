import {expect, test} from 'bun:test';
import {AckWindow} from '../../src/speechmatics/ack-window.ts';

test('is full at its limit and has room again after acknowledgements', async () => {
	const window = new AckWindow(300);
	for (let frame = 0; frame < 3; frame++) window.sent(100);
	expect(window.isFull).toBe(true);
	let room = false;
	const waiting = window.hasRoom().then(() => {
		room = true;
	});
	expect(room).toBe(false);
	window.acknowledged(1);
	await waiting;
	expect(room).toBe(true);
	expect([window.sentFrames, window.acknowledgedFrames, window.sentBytes]).toEqual([3, 1, 300]);
});

test('an acknowledgement counts for every frame before it, and never for one not sent', () => {
	const window = new AckWindow(1);
	for (let frame = 0; frame < 5000; frame++) window.sent(1);
	window.acknowledged(4000);
	window.acknowledged(3000);
	expect(window.acknowledgedFrames).toBe(4000);
	window.acknowledged(9999);
	expect(window.acknowledgedFrames).toBe(5000);
	expect(window.sentFrames).toBe(5000);
	expect(window.isFull).toBe(false);
});
