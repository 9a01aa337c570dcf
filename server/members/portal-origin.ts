/** The portal's address in mails. It comes from the settings alone: whoever sends a request must not choose it. */
export function portalOrigin(env: { PUBLIC_URL?: string | undefined; PORT: number }): string {
  return env.PUBLIC_URL === undefined
    ? `http://localhost:${env.PORT}`
    : new URL(env.PUBLIC_URL).origin;
}
