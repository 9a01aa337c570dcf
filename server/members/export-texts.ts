/** The mail that says that an export can be fetched. The link leads to the account page, which asks who one is. */
export const EXPORT_TEXTS = {
  en: {
    subject: "Your data from CPM-Live",
    text: (link: string) =>
      `Your data is packed. Fetch it on your account page within a week:\n\n${link}\n`,
  },
  zh: {
    subject: "您在 CPM-Live 的数据",
    text: (link: string) => `您的数据已打包，请在一周内到账号页面下载：\n\n${link}\n`,
  },
} as const;
