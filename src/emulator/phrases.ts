/** What is wrong with a value, in the words of the service's framework (go-openapi). */
import type {z} from 'zod';

type Issue = z.core.$ZodIssue;

/** @param place `body` or `query` */
export function phraseOf(issue: Issue, place: string): string {
	const field = `${issue.path.join('.')} in ${place}`;
	switch (issue.code) {
		case 'invalid_type':
			return issue.input === undefined && /received undefined/.test(issue.message)
				? `${field} is required`
				: `${field} must be of type ${TYPES[issue.expected] ?? issue.expected}`;
		case 'too_small':
			if (issue.origin === 'string') return `${field} should be at least ${issue.minimum} chars long`;
			if (issue.origin === 'array') return `${field} should have at least ${issue.minimum} items`;
			return `${field} should be greater than or equal to ${issue.minimum}`;
		case 'too_big':
			if (issue.origin === 'string') return `${field} should be at most ${issue.maximum} chars long`;
			if (issue.origin === 'array') return `${field} should have at most ${issue.maximum} items`;
			return `${field} should be less than or equal to ${issue.maximum}`;
		case 'invalid_value':
			return `${field} should be one of [${issue.values.join(' ')}]`;
		case 'invalid_format':
			return `${field} should match '${issue.pattern ?? issue.format}'`;
		default:
			return `${field} is invalid: ${issue.message}`;
	}
}

const TYPES: Readonly<Record<string, string>> = {int: 'integer'};
