/** The secret of a mailed link: behind the #, so that it reaches no server's log. */
export const linkSecret = (): string => window.location.hash.slice(1);
