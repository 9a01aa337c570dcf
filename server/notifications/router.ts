import { accountProcedure, createRouter } from "../rpc/procedures.ts";
import {
  ListNotifications,
  MarkNotifications,
  NotificationList,
  NotificationsMarked,
  UnreadCount,
} from "./contract.ts";
import { countUnread } from "./count-unread.ts";
import { listNotifications } from "./list-notifications.ts";
import { markNotifications } from "./mark-notifications.ts";

/** What the asking member was told: also while suspended, for this is how they are told of that. */
export const notificationsRouter = createRouter({
  list: accountProcedure
    .input(ListNotifications)
    .output(NotificationList)
    .query(({ ctx, input }) =>
      listNotifications(ctx.db, { ...input, memberId: ctx.actor.memberId }),
    ),
  count: accountProcedure
    .output(UnreadCount)
    .query(({ ctx }) => countUnread(ctx.db, { memberId: ctx.actor.memberId })),
  mark: accountProcedure
    .input(MarkNotifications)
    .output(NotificationsMarked)
    .mutation(({ ctx, input }) =>
      markNotifications(ctx.db, { ...input, memberId: ctx.actor.memberId, now: ctx.clock() }),
    ),
});
