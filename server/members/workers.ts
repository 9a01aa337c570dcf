import { type MailSettings, sendMail } from "../auth/send-mail.ts";
import type { Db } from "../platform/db.ts";
import { defineWorker, type Worker } from "../platform/run-jobs.ts";
import { LINK_MAILS } from "./ask-mail.ts";
import { sendLink } from "./send-link.ts";

type MembersContext = { db: Db; mail: MailSettings; origin: string };

export function createMembersWorkers({ db, mail, origin }: MembersContext): Worker[] {
  return [
    defineWorker({
      queue: LINK_MAILS,
      handle: (data) =>
        sendLink({ db, origin, now: Date.now(), send: (message) => sendMail(mail, message) }, data),
    }),
  ];
}
