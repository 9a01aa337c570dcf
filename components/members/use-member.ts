"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Me } from "#server/members/contract.ts";

/** Who is signed in here. Pages are drawn with the answer, so nothing flashes. */
export function useMember(): {
  member: Me | null;
  awaitsCode: boolean;
  can: (...roles: string[]) => boolean;
} {
  const { data } = useQuery(useTRPC().members.me.queryOptions());
  const member = data?.member ?? null;
  return {
    member,
    awaitsCode: data?.awaitsCode ?? false,
    can: (...roles) => member?.roles.some((role) => roles.includes(role)) ?? false,
  };
}
