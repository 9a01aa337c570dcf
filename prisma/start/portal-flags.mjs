/**
 * How the portal's Node is started. A small nursery for new objects: thousands of sockets die old, and with the
 * usual 16 MB the heap grows to 23 KB per viewer where 13 KB are enough (bench/live.ts).
 */
export const PORTAL_FLAGS = ["--max-semi-space-size=4"];
