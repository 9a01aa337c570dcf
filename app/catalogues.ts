import chartsEn from "#components/charts/messages.en.json";
import chartsZh from "#components/charts/messages.zh.json";
import accountEn from "../messages/en/account.json";
import adminEn from "../messages/en/admin.json";
import alertsEn from "../messages/en/alerts.json";
import apiEn from "../messages/en/api.json";
import compareEn from "../messages/en/compare.json";
import dailyLogEn from "../messages/en/daily-log.json";
import dataEn from "../messages/en/data.json";
import decisionsEn from "../messages/en/decisions.json";
import forumEn from "../messages/en/forum.json";
import frameEn from "../messages/en/frame.json";
import homeEn from "../messages/en/home.json";
import initiativesEn from "../messages/en/initiatives.json";
import markdownEn from "../messages/en/markdown.json";
import membersEn from "../messages/en/members.json";
import modelsEn from "../messages/en/models.json";
import moderationEn from "../messages/en/moderation.json";
import notificationsEn from "../messages/en/notifications.json";
import planEn from "../messages/en/plan.json";
import profileEn from "../messages/en/profile.json";
import refusalEn from "../messages/en/refusal.json";
import runsEn from "../messages/en/runs.json";
import searchEn from "../messages/en/search.json";
import showcaseEn from "../messages/en/showcase.json";
import supportEn from "../messages/en/support.json";
import trialsEn from "../messages/en/trials.json";
import accountZh from "../messages/zh/account.json";
import adminZh from "../messages/zh/admin.json";
import alertsZh from "../messages/zh/alerts.json";
import apiZh from "../messages/zh/api.json";
import compareZh from "../messages/zh/compare.json";
import dailyLogZh from "../messages/zh/daily-log.json";
import dataZh from "../messages/zh/data.json";
import decisionsZh from "../messages/zh/decisions.json";
import forumZh from "../messages/zh/forum.json";
import frameZh from "../messages/zh/frame.json";
import homeZh from "../messages/zh/home.json";
import initiativesZh from "../messages/zh/initiatives.json";
import markdownZh from "../messages/zh/markdown.json";
import membersZh from "../messages/zh/members.json";
import modelsZh from "../messages/zh/models.json";
import moderationZh from "../messages/zh/moderation.json";
import notificationsZh from "../messages/zh/notifications.json";
import planZh from "../messages/zh/plan.json";
import profileZh from "../messages/zh/profile.json";
import refusalZh from "../messages/zh/refusal.json";
import runsZh from "../messages/zh/runs.json";
import searchZh from "../messages/zh/search.json";
import showcaseZh from "../messages/zh/showcase.json";
import supportZh from "../messages/zh/support.json";
import trialsZh from "../messages/zh/trials.json";

/** Every text of the site, by language: one file per feature, each holding that feature's top-level names. */
export const CATALOGUES = {
  // The charts bring their own words: they are a part that knows no page.
  en: {
    ...frameEn,
    ...homeEn,
    ...runsEn,
    ...membersEn,
    ...accountEn,
    ...profileEn,
    ...refusalEn,
    ...compareEn,
    ...apiEn,
    ...planEn,
    ...decisionsEn,
    ...dataEn,
    ...dailyLogEn,
    ...alertsEn,
    ...forumEn,
    ...modelsEn,
    ...moderationEn,
    ...notificationsEn,
    ...searchEn,
    ...showcaseEn,
    ...supportEn,
    ...adminEn,
    ...initiativesEn,
    ...trialsEn,
    ...markdownEn,
    charts: chartsEn,
  },
  zh: {
    ...frameZh,
    ...homeZh,
    ...runsZh,
    ...membersZh,
    ...accountZh,
    ...profileZh,
    ...refusalZh,
    ...compareZh,
    ...apiZh,
    ...planZh,
    ...decisionsZh,
    ...dataZh,
    ...dailyLogZh,
    ...alertsZh,
    ...forumZh,
    ...modelsZh,
    ...moderationZh,
    ...notificationsZh,
    ...searchZh,
    ...showcaseZh,
    ...supportZh,
    ...adminZh,
    ...initiativesZh,
    ...trialsZh,
    ...markdownZh,
    charts: chartsZh,
  },
};
