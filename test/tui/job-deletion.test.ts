import {expect, test} from 'bun:test';
import {ConnectionError, ResponseError} from '../../src/speechmatics/errors.ts';
import {deleteEach} from '../../src/tui/controllers/job-deletion.ts';

const answer = (status: number) => new ResponseError(`the service said ${status}`, {status});

async function deletion(outcomes: Readonly<Record<string, Error | undefined>>) {
	const asked: string[] = [];
	const notice = await deleteEach(Object.keys(outcomes), async (jobId) => {
		asked.push(jobId);
		if (outcomes[jobId] !== undefined) throw outcomes[jobId];
	});
	return {asked, ...notice};
}

test('all are deleted, though the service refuses one', async () => {
	const {asked, text, kind} = await deletion({one: undefined, two: answer(423), three: undefined});
	expect(asked).toEqual(['one', 'two', 'three']);
	expect([text, kind]).toEqual(['1 of 3 jobs not deleted: the service said 423', 'problem']);
});

test('what is gone already is as good as deleted', async () => {
	expect((await deletion({one: answer(410)})).text).toBe('Deleted at the service: 1 job (1 gone before)');
	expect((await deletion({one: undefined, two: answer(404)})).text).toBe(
		'Deleted at the service: 2 jobs (1 gone before)',
	);
	expect(await deletion({one: undefined, two: undefined})).toMatchObject({
		text: 'Deleted at the service: 2 jobs',
		kind: 'info',
	});
});

test('where nobody answers, no more are tried', async () => {
	const {asked, text} = await deletion({
		one: undefined,
		two: new ConnectionError('Nobody answers'),
		three: undefined,
	});
	expect(asked).toEqual(['one', 'two']);
	expect(text).toBe('2 of 3 jobs not deleted: Nobody answers');
});
