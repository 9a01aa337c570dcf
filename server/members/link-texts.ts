export type LinkMail = "sign_up" | "known" | "reset" | "change" | "taken" | "asked" | "changed";
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
    change: {
      subject: "Confirm your new address at CPM-Live",
      text: (link) =>
        `Open this link in the browser where you are signed in, within 24 hours, and your account moves to this address:\n\n${link}\n\nIf you did not ask for this, leave this mail alone: nothing changes.\n`,
    },
    taken: {
      subject: "This address has an account at CPM-Live",
      text: (link) =>
        `Somebody wanted to move another account to this address. It has an account already, so nothing changes. Sign in to it here:\n\n${link}\n`,
    },
    asked: {
      subject: "Your account at CPM-Live is to move to another address",
      text: (link) =>
        `Somebody who is signed in to your account asked to move it to another mail address. If that was you, confirm it from the other mailbox.\n\nIf it was not you, choose a new password now; that stops the move and signs everybody out:\n\n${link}\n`,
    },
    changed: {
      subject: "Your account at CPM-Live has moved to another address",
      text: (link) =>
        `Your account has another mail address now, and this one gets no more mails about it. If that was not you, write to one of the admins at once; they stand here:\n\n${link}\n`,
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
    change: {
      subject: "确认您在 CPM-Live 的新邮箱",
      text: (link) =>
        `请在 24 小时内，用已登录的浏览器打开下面的链接，账号就会改用此邮箱：\n\n${link}\n\n如果您没有申请，不必理会这封邮件：什么都不会改变。\n`,
    },
    taken: {
      subject: "此邮箱已有 CPM-Live 账号",
      text: (link) =>
        `有人想把另一个账号改到这个邮箱。此邮箱已有账号，因此什么都没有改变。请在这里登录：\n\n${link}\n`,
    },
    asked: {
      subject: "有人申请更改您 CPM-Live 账号的邮箱",
      text: (link) =>
        `有人登录您的账号，申请改用另一个邮箱。如果是您本人，请到新邮箱中确认。\n\n如果不是您，请立即设置新密码；这会阻止更改，并让所有浏览器退出：\n\n${link}\n`,
    },
    changed: {
      subject: "您的 CPM-Live 账号已改用另一个邮箱",
      text: (link) =>
        `您的账号已改用另一个邮箱，此邮箱不再收到相关邮件。如果不是您本人操作，请立即联系管理员，名单在这里：\n\n${link}\n`,
    },
  },
};
