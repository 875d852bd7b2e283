/** What anything that was thrown says: an error its message, all else as text. */
export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
