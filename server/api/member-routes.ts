import { z } from "zod";
import { ListNotifications, NotificationList } from "../notifications/contract.ts";
import { listNotifications } from "../notifications/list-notifications.ts";
import { AppError } from "../platform/errors.ts";
import { jsonRoute, type Route } from "./route.ts";

/** What a member's own programs may read, with a token of scope read. */
export const memberRoutes: Route[] = [
  jsonRoute({
    id: "listNotifications",
    method: "GET",
    path: "/api/v1/notifications",
    access: "read",
    summary: "What the token's owner was told, newest first",
    description:
      "`next` is the `cursor` of the page behind this one. Reading marks nothing as read.",
    query: z.object({
      unread: z.stringbool().optional(),
      limit: z.coerce.number().int().min(1).max(50).optional(),
      cursor: ListNotifications.shape.cursor,
    }),
    answer: NotificationList,
    handle: ({ db, query, principal }) => {
      const memberId = principal?.memberId ?? null;
      if (memberId === null) {
        throw new AppError(
          "forbidden",
          "This needs a member's own token. Make one of scope read under Account, and use it here.",
        );
      }
      return listNotifications(db, { ...ListNotifications.parse(query), memberId });
    },
  }),
];
