import { notFound } from "next/navigation";
import { callRpc } from "./rpc.ts";

/** For anybody else the admins' pages do not exist. */
export async function adminOnly(): Promise<void> {
  const { member } = await callRpc().members.me();
  if (member === null || !member.roles.includes("admin") || !member.twoFactor) {
    notFound();
  }
}
