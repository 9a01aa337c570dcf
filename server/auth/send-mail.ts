import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { newId } from "../platform/ids.ts";

export type Mail = {
  to: string;
  subject: string;
  text: string;
  /** Beside those that every mail has. */
  headers?: Record<string, string>;
};

/** Where mails go: to a server, or, as long as none is set, into files that an operator can read. */
export type MailSettings = { dataDir: string; smtpUrl: string | undefined; from: string };

/** Hands a mail to the server named by SMTP_URL; without one it is written to DATA_DIR/mail/ID.eml. */
export async function sendMail(settings: MailSettings, mail: Mail): Promise<void> {
  const { dataDir, smtpUrl, from } = settings;
  if (smtpUrl !== undefined) {
    const transport = createTransport(smtpUrl);
    await transport.sendMail({ from, ...mail });
    transport.close();
    return;
  }
  const { message } = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from,
    ...mail,
  });
  const folder = join(dataDir, "mail");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, `${newId("mail")}.eml`), message as Buffer, { mode: 0o600 });
}
