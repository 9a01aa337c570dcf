export type LinkMail = "sign_up" | "known" | "reset";
export type LinkText = { subject: string; text: (link: string) => string };

/** What the mails say. Plain text: a link and what to do when one did not ask. */
export const LINK_TEXTS: Record<"en" | "zh", Record<LinkMail, LinkText>> = {
  en: {
    sign_up: {
      subject: "Your account at CPM-Live",
      text: (link) =>
        `Choose your name and password here, within 24 hours:\n\n${link}\n\nIf you did not ask for an account, leave this mail alone: there is none until the link is used.\n`,
    },
    known: {
      subject: "You have an account at CPM-Live",
      text: (link) =>
        `Somebody asked for a new account with this address. You have one already. Sign in here:\n\n${link}\n\nThe page also helps when you do not know your password any more.\n`,
    },
    reset: {
      subject: "A new password for CPM-Live",
      text: (link) =>
        `Choose a new password here, within an hour:\n\n${link}\n\nAll browsers that are signed in will be signed out. If you did not ask for this, leave this mail alone: your password stays.\n`,
    },
  },
  zh: {
    sign_up: {
      subject: "您的 CPM-Live 账号",
      text: (link) =>
        `请在 24 小时内打开下面的链接，设置名字和密码：\n\n${link}\n\n如果您没有申请账号，不必理会这封邮件：链接未使用，账号就不会建立。\n`,
    },
    known: {
      subject: "您已有 CPM-Live 账号",
      text: (link) =>
        `有人用这个邮箱申请新账号，而您已经有账号了。请在这里登录：\n\n${link}\n\n忘记密码时，也可以在那里重设。\n`,
    },
    reset: {
      subject: "重设 CPM-Live 密码",
      text: (link) =>
        `请在一小时内打开下面的链接，设置新密码：\n\n${link}\n\n所有已登录的浏览器都会退出。如果您没有申请，不必理会这封邮件：密码不变。\n`,
    },
  },
};
