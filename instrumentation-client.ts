// Runs in the browser before any other module of the site. Zod tries whether it may evaluate code as soon as the first
// schema is made; our pages' policy forbids that, and browsers would report each try. This says so before the first one.
import { config } from "zod";

config({ jitless: true });
