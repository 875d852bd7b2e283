/** How this library names itself to a service. */

/** Kept the same as in package.json, which is not there where the library is bundled into something else. */
export const LIBRARY_VERSION = '0.1.0';

export const USER_AGENT = `speechdeck/${LIBRARY_VERSION}`;

/** The `sm-app` parameter, by which a program may be told apart in the vendor's own statistics. */
export const APP_PARAMETER = 'sm-app';
