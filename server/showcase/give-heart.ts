import type { MemberActor } from "../auth/actor.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";
import type { Hearts } from "./contract.ts";
import { refuse } from "./refuse.ts";

type Give = { id: number; on: boolean; actor: MemberActor; now: number };

/** One heart a member, given or taken back; the number is counted anew under the row's lock. */
export async function giveHeart(db: PrismaClient, { id, on, actor, now }: Give): Promise<Hearts> {
  const { memberId } = actor;
  return await db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ authorId: string }[]>`
      select "authorId" from "Showcase" where id = ${id} and state = 'visible' for update`;
    if (row === undefined) {
      throw refuse("no-showcase");
    }
    if (row.authorId === memberId) {
      throw refuse("own-heart");
    }
    const heart = { showcaseId: id, memberId };
    if (on) {
      const data = [{ ...heart, createdAt: new Date(now) }];
      await tx.showcaseHeart.createMany({ data, skipDuplicates: true });
    } else {
      await tx.showcaseHeart.deleteMany({ where: heart });
    }
    const hearts = await tx.showcaseHeart.count({ where: { showcaseId: id } });
    await tx.showcase.update({ where: { id }, data: { hearts } });
    return { hearts, given: on };
  });
}
